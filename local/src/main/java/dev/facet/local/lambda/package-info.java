/** An emulator of Lambda on one machine: handlers that map JSON to JSON within a timeout. */
@NullMarked
package dev.facet.local.lambda;

import org.jspecify.annotations.NullMarked;
