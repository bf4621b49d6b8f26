/** Fault injection between a service and its stores, to observe how it handles failures. */
@NullMarked
package dev.facet.local.chaos;

import org.jspecify.annotations.NullMarked;
