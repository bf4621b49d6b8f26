/** What is asked of faces: the one service behind every handler, and the extraction it rests on. */
@NullMarked
package dev.facet.core.faces;

import org.jspecify.annotations.NullMarked;
