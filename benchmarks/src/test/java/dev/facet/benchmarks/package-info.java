/** Tests of the command line and of the published figures. */
@NullMarked
package dev.facet.benchmarks;

import org.jspecify.annotations.NullMarked;
