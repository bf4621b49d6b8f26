/** Queued enrolments on one machine. */
@NullMarked
package dev.facet.local.sqs;

import org.jspecify.annotations.NullMarked;
