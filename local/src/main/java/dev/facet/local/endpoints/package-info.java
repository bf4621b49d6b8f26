/** The embedded services' endpoints, for processes whose AWS SDK knows them by URL alone. */
@NullMarked
package dev.facet.local.endpoints;

import org.jspecify.annotations.NullMarked;
