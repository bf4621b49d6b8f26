/** Speed beside accuracy, side by side with peers in the same run on the same machine. */
@NullMarked
package dev.facet.benchmarks;

import org.jspecify.annotations.NullMarked;
