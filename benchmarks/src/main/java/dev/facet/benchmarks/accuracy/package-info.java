/** Identification and detection accuracy. */
@NullMarked
package dev.facet.benchmarks.accuracy;

import org.jspecify.annotations.NullMarked;
