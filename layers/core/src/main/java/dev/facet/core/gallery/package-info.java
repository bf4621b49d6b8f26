/** Galleries: the templates that searches run over. */
@NullMarked
package dev.facet.core.gallery;

import org.jspecify.annotations.NullMarked;
