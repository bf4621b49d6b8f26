/**
 * Enrolments that are done later: what is queued, how it is sealed, who does it and what became of
 * it.
 */
@NullMarked
package dev.facet.core.jobs;

import org.jspecify.annotations.NullMarked;
