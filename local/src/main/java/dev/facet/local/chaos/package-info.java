/** Injected faults, which let anyone observe how a service handles failures. */
@NullMarked
package dev.facet.local.chaos;

import org.jspecify.annotations.NullMarked;
