/** The face function: the face service behind Lambda's door. */
@NullMarked
package dev.facet.face.lambda;

import org.jspecify.annotations.NullMarked;
