/** Who is recognised, and which faces are found. */
@NullMarked
package dev.facet.benchmarks.accuracy;

import org.jspecify.annotations.NullMarked;
