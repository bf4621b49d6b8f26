/**
 * Embeddings that clients bring themselves: which of them to trust, how near is the same person.
 */
@NullMarked
package dev.facet.core.embeddings;

import org.jspecify.annotations.NullMarked;
