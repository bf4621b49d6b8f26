/** Runs each event file in {@code events/} through its function. */
@NullMarked
package dev.facet.checks.events;

import org.jspecify.annotations.NullMarked;
