/** Original images, kept only when an application asks for it. */
@NullMarked
package dev.facet.core.images;

import org.jspecify.annotations.NullMarked;
