/** What can go wrong, as types. */
@NullMarked
package dev.facet.core.faults;

import org.jspecify.annotations.NullMarked;
