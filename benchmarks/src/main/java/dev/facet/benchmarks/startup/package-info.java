/** The startup time of the service. */
@NullMarked
package dev.facet.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
