/** How everything that is kept is named in the stores: built here and nowhere else. */
@NullMarked
package dev.facet.core.stores;

import org.jspecify.annotations.NullMarked;
