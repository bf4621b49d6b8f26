/** The cache in front of stores that are read on every request. */
@NullMarked
package dev.facet.core.cache;

import org.jspecify.annotations.NullMarked;
