/** Face pipelines in separate processes, which stay alive and answer requests in turn. */
@NullMarked
package dev.facet.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
