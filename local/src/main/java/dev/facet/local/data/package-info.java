/** The data folder, which holds everything that a local service stores. */
@NullMarked
package dev.facet.local.data;

import org.jspecify.annotations.NullMarked;
