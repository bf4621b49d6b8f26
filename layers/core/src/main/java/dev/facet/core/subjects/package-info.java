/** Subjects: who has been enrolled. */
@NullMarked
package dev.facet.core.subjects;

import org.jspecify.annotations.NullMarked;
