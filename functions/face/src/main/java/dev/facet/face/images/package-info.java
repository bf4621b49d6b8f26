/** Encoded images: what their headers say, and their pixels, upright. */
@NullMarked
package dev.facet.face.images;

import org.jspecify.annotations.NullMarked;
