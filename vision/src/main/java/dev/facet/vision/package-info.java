/** Face extraction: from an encoded image to faces, their attributes and templates. */
@NullMarked
package dev.facet.vision;

import org.jspecify.annotations.NullMarked;
