/** A gateway's data on API keys: the accepted keys, and the limits and usage of each. */
@NullMarked
package dev.facet.local.apigateway.keys;

import org.jspecify.annotations.NullMarked;
