/**
 * Degradations: reproducible ways to spoil a photo of a face, at several strengths. They show how a
 * model bundle behaves on photos that are not clean.
 */
@NullMarked
package dev.facet.cli.calibration.degradation;

import org.jspecify.annotations.NullMarked;
