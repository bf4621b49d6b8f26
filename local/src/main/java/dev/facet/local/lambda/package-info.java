/** An emulator of Lambda: invokes functions by name, with its limits on payload and time. */
@NullMarked
package dev.facet.local.lambda;

import org.jspecify.annotations.NullMarked;
