/** The files in {@code events/}, each run by the function that it is for. */
@NullMarked
package dev.facet.checks.events;

import org.jspecify.annotations.NullMarked;
