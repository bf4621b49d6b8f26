/** The service's {@code /v1} API from Java. */
@NullMarked
package dev.facet.client;

import org.jspecify.annotations.NullMarked;
