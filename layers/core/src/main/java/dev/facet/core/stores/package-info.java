/** Keys of all stored items and objects. No other package builds them. */
@NullMarked
package dev.facet.core.stores;

import org.jspecify.annotations.NullMarked;
