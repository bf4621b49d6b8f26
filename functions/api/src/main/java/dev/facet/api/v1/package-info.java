/** The JSON bodies that {@code /v1} answers with. */
@NullMarked
package dev.facet.api.v1;

import org.jspecify.annotations.NullMarked;
