/** Faults on purpose, so that anyone can watch what a service makes of them. */
@NullMarked
package dev.facet.local.chaos;

import org.jspecify.annotations.NullMarked;
