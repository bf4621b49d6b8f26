/** The service as its users start it, in a process of its own. */
@NullMarked
package dev.facet.benchmarks.service;

import org.jspecify.annotations.NullMarked;
