/** Endpoints of the embedded services, for processes with an AWS SDK that knows only URLs. */
@NullMarked
package dev.facet.local.endpoints;

import org.jspecify.annotations.NullMarked;
