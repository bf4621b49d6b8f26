/** The photographs that are measured on, and variants that are made of them. */
@NullMarked
package dev.facet.benchmarks.photos;

import org.jspecify.annotations.NullMarked;
