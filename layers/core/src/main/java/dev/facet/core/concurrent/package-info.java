/** The cache in front of stores that are read on every request. */
@NullMarked
package dev.facet.core.concurrent;

import org.jspecify.annotations.NullMarked;
