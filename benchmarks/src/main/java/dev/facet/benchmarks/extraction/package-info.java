/** Whole photos: how fast faces become templates, and how good the templates are. */
@NullMarked
package dev.facet.benchmarks.extraction;

import org.jspecify.annotations.NullMarked;
