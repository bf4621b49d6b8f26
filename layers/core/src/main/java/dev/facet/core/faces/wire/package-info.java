/** The wire format and transport of the face service: commands, answers and faults as bytes. */
@NullMarked
package dev.facet.core.faces.wire;

import org.jspecify.annotations.NullMarked;
