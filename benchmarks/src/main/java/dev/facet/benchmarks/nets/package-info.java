/** Single networks under each runtime. */
@NullMarked
package dev.facet.benchmarks.nets;

import org.jspecify.annotations.NullMarked;
