/** The handlers of {@code /v1}, one class per endpoint, and their JSON bodies. */
@NullMarked
package dev.facet.api.v1;

import org.jspecify.annotations.NullMarked;
