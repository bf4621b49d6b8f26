/** JMH benchmarks of the service's most frequent computations in isolation. */
@NullMarked
package dev.facet.benchmarks.kernels;

import org.jspecify.annotations.NullMarked;
