/**
 * Model bundles: the networks that analyse faces, their inputs and outputs, and their calibration.
 */
@NullMarked
package dev.facet.core.bundle;

import org.jspecify.annotations.NullMarked;
