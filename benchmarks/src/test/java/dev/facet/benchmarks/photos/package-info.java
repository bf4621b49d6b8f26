/** Tests of the package of the same name. */
@NullMarked
package dev.facet.benchmarks.photos;

import org.jspecify.annotations.NullMarked;
