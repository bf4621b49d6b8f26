package dev.facet.core.gallery;

import dev.facet.core.idempotency.Operation;
import org.jspecify.annotations.Nullable;

/**
 * A write that is durable.
 *
 * @param operation its record, or that of the same operation done before
 * @param write what was written for it; null if an earlier attempt or another process did it
 */
public record Done(Operation operation, @Nullable Write write) {}
