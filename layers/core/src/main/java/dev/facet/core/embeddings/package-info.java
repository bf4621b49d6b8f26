/** Client-supplied embeddings: outlier removal and match thresholds. */
@NullMarked
package dev.facet.core.embeddings;

import org.jspecify.annotations.NullMarked;
