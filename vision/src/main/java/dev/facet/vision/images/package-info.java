/** Encoded images: what their headers say, and their pixels, upright. */
@NullMarked
package dev.facet.vision.images;

import org.jspecify.annotations.NullMarked;
