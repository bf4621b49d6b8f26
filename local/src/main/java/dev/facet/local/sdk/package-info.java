/** AWS SDK clients for the embedded services: their HTTP client and interceptors of their calls. */
@NullMarked
package dev.facet.local.sdk;

import org.jspecify.annotations.NullMarked;
