/** Operations: what makes a repeated write harmless. */
@NullMarked
package dev.facet.core.operations;

import org.jspecify.annotations.NullMarked;
