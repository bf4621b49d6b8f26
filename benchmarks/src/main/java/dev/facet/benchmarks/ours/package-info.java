/** Facet itself as one of the pipelines that take turns. */
@NullMarked
package dev.facet.benchmarks.ours;

import org.jspecify.annotations.NullMarked;
