/** Payloads: how {@code /node} clients wrap what they send, and read what they get. */
@NullMarked
package dev.facet.core.payload;

import org.jspecify.annotations.NullMarked;
