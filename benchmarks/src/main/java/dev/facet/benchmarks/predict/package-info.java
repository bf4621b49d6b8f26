/** Embeddings in, people out: {@code /node} on a large gallery and under many enrolments. */
@NullMarked
package dev.facet.benchmarks.predict;

import org.jspecify.annotations.NullMarked;
