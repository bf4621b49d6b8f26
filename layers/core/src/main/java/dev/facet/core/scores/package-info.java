/** Scores: the integers that represent similarities in responses. */
@NullMarked
package dev.facet.core.scores;

import org.jspecify.annotations.NullMarked;
