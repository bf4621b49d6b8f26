/** Transport of commands to the face function. */
@NullMarked
package dev.facet.aws.faces;

import org.jspecify.annotations.NullMarked;
