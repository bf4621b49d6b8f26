/** Image decoding: headers of encoded images, and their pixels, upright. */
@NullMarked
package dev.facet.vision.images;

import org.jspecify.annotations.NullMarked;
