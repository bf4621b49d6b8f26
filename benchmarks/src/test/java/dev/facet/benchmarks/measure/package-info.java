/** Tests of the package of the same name. */
@NullMarked
package dev.facet.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
