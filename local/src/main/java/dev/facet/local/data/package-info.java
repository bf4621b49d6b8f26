/** The folder in which everything of a local service is kept. */
@NullMarked
package dev.facet.local.data;

import org.jspecify.annotations.NullMarked;
