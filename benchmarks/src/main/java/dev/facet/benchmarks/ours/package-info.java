/** Facet as one of the compared pipelines. */
@NullMarked
package dev.facet.benchmarks.ours;

import org.jspecify.annotations.NullMarked;
