/** Samples, ratios and the reports that show them. */
@NullMarked
package dev.facet.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
