/** Idempotency of writes: operations, their ids and their records. */
@NullMarked
package dev.facet.core.idempotency;

import org.jspecify.annotations.NullMarked;
