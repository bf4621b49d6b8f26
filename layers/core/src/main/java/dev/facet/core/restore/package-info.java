/** The restore of a data table from a backup. */
@NullMarked
package dev.facet.core.restore;

import org.jspecify.annotations.NullMarked;
