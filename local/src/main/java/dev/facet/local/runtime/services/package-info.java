/** Endpoints of the embedded services, for processes whose AWS SDK knows only their URLs. */
@NullMarked
package dev.facet.local.runtime.services;

import org.jspecify.annotations.NullMarked;
