/** The data folder of a local service and the private files in it. */
@NullMarked
package dev.facet.local.data;

import org.jspecify.annotations.NullMarked;
