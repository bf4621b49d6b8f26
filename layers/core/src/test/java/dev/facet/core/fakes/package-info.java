/** Stores in memory: as the ports promise, for the tests of all modules. */
@NullMarked
package dev.facet.core.fakes;

import org.jspecify.annotations.NullMarked;
