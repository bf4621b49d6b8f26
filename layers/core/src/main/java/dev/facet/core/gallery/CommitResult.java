package dev.facet.core.gallery;

import dev.facet.core.idempotency.Operation;
import org.jspecify.annotations.Nullable;

/**
 * The result of a durable write.
 *
 * @param operation the record of this write, or of the same operation done before
 * @param write the write that was committed; null if an earlier attempt or another process did it
 */
public record CommitResult(Operation operation, @Nullable Write write) {}
