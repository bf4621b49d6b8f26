/** What the service computes most, by itself, under JMH. */
@NullMarked
package dev.facet.benchmarks.kernels;

import org.jspecify.annotations.NullMarked;
