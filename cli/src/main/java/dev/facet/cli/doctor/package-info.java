/**
 * Checks of a running service or a deployed stack: what local tests cannot see. Terms and rules are
 * those of the deployment's documentation.
 */
@NullMarked
package dev.facet.cli.doctor;

import org.jspecify.annotations.NullMarked;
