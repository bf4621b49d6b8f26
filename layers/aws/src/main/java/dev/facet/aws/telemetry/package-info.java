/**
 * Telemetry of functions: one log line and a few metrics per invocation. Powertools for AWS Lambda
 * is not used because its logger, keys and metrics are static for a process, while one process can
 * run several of these handlers side by side. A separate implementation also decides in one place
 * which data of an invocation may be logged.
 */
@NullMarked
package dev.facet.aws.telemetry;

import org.jspecify.annotations.NullMarked;
