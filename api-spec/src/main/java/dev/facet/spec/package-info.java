/** {@code openapi.yaml} as Java. */
@NullMarked
package dev.facet.spec;

import org.jspecify.annotations.NullMarked;
