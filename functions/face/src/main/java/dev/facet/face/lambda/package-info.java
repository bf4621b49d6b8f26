/** The face function: the face service as a Lambda function. */
@NullMarked
package dev.facet.face.lambda;

import org.jspecify.annotations.NullMarked;
