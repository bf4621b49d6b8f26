/** Handlers that no route invokes: the queue's worker and the scheduled tasks. */
@NullMarked
package dev.facet.api.tasks;

import org.jspecify.annotations.NullMarked;
