/** Whole photos: the speed of extraction, and the accuracy of the templates. */
@NullMarked
package dev.facet.benchmarks.extraction;

import org.jspecify.annotations.NullMarked;
