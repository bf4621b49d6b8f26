/** Payload encryption between {@code /node} clients and the service. */
@NullMarked
package dev.facet.core.payload;

import org.jspecify.annotations.NullMarked;
