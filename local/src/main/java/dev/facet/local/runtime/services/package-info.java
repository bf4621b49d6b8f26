/** Endpoints of the embedded services, for processes with an AWS SDK that knows only URLs. */
@NullMarked
package dev.facet.local.runtime.services;

import org.jspecify.annotations.NullMarked;
