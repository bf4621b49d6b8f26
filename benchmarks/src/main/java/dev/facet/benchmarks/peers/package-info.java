/** Face pipelines in processes of their own, kept alive and asked in turn. */
@NullMarked
package dev.facet.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
