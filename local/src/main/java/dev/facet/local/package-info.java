/** {@code ./facet serve}: the service on one machine, started from the command line. */
@NullMarked
package dev.facet.local;

import org.jspecify.annotations.NullMarked;
