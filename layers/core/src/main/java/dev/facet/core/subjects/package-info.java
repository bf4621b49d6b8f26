/** The ids of enrolled subjects. */
@NullMarked
package dev.facet.core.subjects;

import org.jspecify.annotations.NullMarked;
