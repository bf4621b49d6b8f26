/** How long until the service answers. */
@NullMarked
package dev.facet.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
