/** Signed requests through the gateway, against a gallery. */
@NullMarked
package dev.facet.benchmarks.gateway;

import org.jspecify.annotations.NullMarked;
