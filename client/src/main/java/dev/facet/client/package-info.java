/** The Java client of the service's {@code /v1} API. */
@NullMarked
package dev.facet.client;

import org.jspecify.annotations.NullMarked;
