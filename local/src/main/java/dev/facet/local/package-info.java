/** The command {@code facet serve}, which runs the whole service on one machine. */
@NullMarked
package dev.facet.local;

import org.jspecify.annotations.NullMarked;
