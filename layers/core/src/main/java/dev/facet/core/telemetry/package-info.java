/** What functions tell those who run them: a line in the log and a few metrics an invocation. */
@NullMarked
package dev.facet.core.telemetry;

import org.jspecify.annotations.NullMarked;
