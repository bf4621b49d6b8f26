/** Fault types; each API turns them into responses in one place. */
@NullMarked
package dev.facet.core.faults;

import org.jspecify.annotations.NullMarked;
