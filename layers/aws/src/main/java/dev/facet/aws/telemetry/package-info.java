/**
 * What functions tell those who run them: a line in the log and a few metrics an invocation. They
 * are written here rather than by Powertools for AWS Lambda, whose logger, keys and metrics are one
 * for a process: the same handlers run side by side in one process too, and what may be told of an
 * invocation is settled in one place.
 */
@NullMarked
package dev.facet.aws.telemetry;

import org.jspecify.annotations.NullMarked;
