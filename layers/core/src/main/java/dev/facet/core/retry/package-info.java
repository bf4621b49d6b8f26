/** Deadlines, backoff and retries of transient faults. */
@NullMarked
package dev.facet.core.retry;

import org.jspecify.annotations.NullMarked;
