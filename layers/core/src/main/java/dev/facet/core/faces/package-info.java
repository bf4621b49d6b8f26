/** The face service behind every handler: its commands, its answers and its face extraction. */
@NullMarked
package dev.facet.core.faces;

import org.jspecify.annotations.NullMarked;
