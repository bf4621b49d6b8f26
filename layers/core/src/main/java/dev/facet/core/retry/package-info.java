/** Retries of transient faults, with backoff, until a deadline. */
@NullMarked
package dev.facet.core.retry;

import org.jspecify.annotations.NullMarked;
