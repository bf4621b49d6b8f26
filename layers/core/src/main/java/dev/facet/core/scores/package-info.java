/** Scores: what a similarity means to a caller. */
@NullMarked
package dev.facet.core.scores;

import org.jspecify.annotations.NullMarked;
