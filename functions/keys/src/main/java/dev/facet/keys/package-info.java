/** API keys, usage plans and principals of a deployed stack. */
@NullMarked
package dev.facet.keys;

import org.jspecify.annotations.NullMarked;
