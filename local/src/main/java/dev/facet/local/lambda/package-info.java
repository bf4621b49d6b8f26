/** Lambda on one machine: handlers that take and give JSON bytes, in a limited time. */
@NullMarked
package dev.facet.local.lambda;

import org.jspecify.annotations.NullMarked;
