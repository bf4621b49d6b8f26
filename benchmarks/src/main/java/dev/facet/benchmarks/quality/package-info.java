/** Error rates on clean and degraded photos, and on pictures without faces. */
@NullMarked
package dev.facet.benchmarks.quality;

import org.jspecify.annotations.NullMarked;
