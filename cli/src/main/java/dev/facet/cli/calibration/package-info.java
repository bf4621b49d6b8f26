/**
 * Calibration: the error rates of a model bundle on labelled photos, and the score map that follows
 * from them. Terms and method after ISO/IEC 19795-1.
 */
@NullMarked
package dev.facet.cli.calibration;

import org.jspecify.annotations.NullMarked;
