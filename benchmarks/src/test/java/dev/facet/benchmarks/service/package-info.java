/** Tests of the package of the same name. */
@NullMarked
package dev.facet.benchmarks.service;

import org.jspecify.annotations.NullMarked;
