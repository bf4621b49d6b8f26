/** Tests of the package of the same name. */
@NullMarked
package dev.facet.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
