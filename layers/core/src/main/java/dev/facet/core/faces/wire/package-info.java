/** The face service at a distance: its commands, answers and faults as bytes. */
@NullMarked
package dev.facet.core.faces.wire;

import org.jspecify.annotations.NullMarked;
