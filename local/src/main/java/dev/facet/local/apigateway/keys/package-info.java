/** What a gateway knows of API keys: which it accepts, and how much each may be used. */
@NullMarked
package dev.facet.local.apigateway.keys;

import org.jspecify.annotations.NullMarked;
