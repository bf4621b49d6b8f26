/**
 * How well a model bundle tells people apart, measured on labelled photos, and the score map that
 * follows from it. Terms and method after ISO/IEC 19795-1.
 */
@NullMarked
package dev.facet.cli.calibration;

import org.jspecify.annotations.NullMarked;
