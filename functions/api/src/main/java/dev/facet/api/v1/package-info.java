/** The JSON response bodies of {@code /v1}. */
@NullMarked
package dev.facet.api.v1;

import org.jspecify.annotations.NullMarked;
