/** Original images, stored only for applications that request it. */
@NullMarked
package dev.facet.core.images;

import org.jspecify.annotations.NullMarked;
