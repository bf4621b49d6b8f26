/** The service as its users start it, in a separate process. */
@NullMarked
package dev.facet.benchmarks.service;

import org.jspecify.annotations.NullMarked;
