/**
 * A Lambda emulator that runs functions in separate processes, under AWS's Lambda runtime interface
 * client and an emulated Runtime API.
 */
@NullMarked
package dev.facet.local.lambda.isolated;

import org.jspecify.annotations.NullMarked;
