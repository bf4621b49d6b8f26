/** Cold starts under Lambda's runtime interface client. */
@NullMarked
package dev.facet.benchmarks.coldstart;

import org.jspecify.annotations.NullMarked;
