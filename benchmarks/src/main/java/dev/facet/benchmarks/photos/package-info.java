/** The photos for measurements, and variants that are generated from them. */
@NullMarked
package dev.facet.benchmarks.photos;

import org.jspecify.annotations.NullMarked;
