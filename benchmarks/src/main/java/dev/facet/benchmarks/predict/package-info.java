/** {@code /node} with embeddings: a large gallery, and many enrolments. */
@NullMarked
package dev.facet.benchmarks.predict;

import org.jspecify.annotations.NullMarked;
