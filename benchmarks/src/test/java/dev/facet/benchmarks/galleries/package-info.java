/** Tests of the package of the same name. */
@NullMarked
package dev.facet.benchmarks.galleries;

import org.jspecify.annotations.NullMarked;
