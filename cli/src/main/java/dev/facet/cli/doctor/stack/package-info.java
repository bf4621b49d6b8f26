/** Checks of a deployed stack, through a small port for each of AWS's services. */
@NullMarked
package dev.facet.cli.doctor.stack;

import org.jspecify.annotations.NullMarked;
