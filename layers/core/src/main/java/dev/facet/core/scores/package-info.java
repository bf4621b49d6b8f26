/** Scores: what a similarity means, as the integer that callers see. */
@NullMarked
package dev.facet.core.scores;

import org.jspecify.annotations.NullMarked;
