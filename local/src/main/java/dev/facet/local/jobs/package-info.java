/** Queued enrolments on one machine. */
@NullMarked
package dev.facet.local.jobs;

import org.jspecify.annotations.NullMarked;
