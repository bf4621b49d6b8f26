/** Operations: what makes a repeated write harmless. */
@NullMarked
package dev.facet.core.idempotency;

import org.jspecify.annotations.NullMarked;
