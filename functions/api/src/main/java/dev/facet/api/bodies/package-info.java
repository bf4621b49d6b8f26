/** The JSON bodies that {@code /v1} answers with. */
@NullMarked
package dev.facet.api.bodies;

import org.jspecify.annotations.NullMarked;
