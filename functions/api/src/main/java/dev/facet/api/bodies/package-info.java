/** The JSON response bodies of {@code /v1}. */
@NullMarked
package dev.facet.api.bodies;

import org.jspecify.annotations.NullMarked;
