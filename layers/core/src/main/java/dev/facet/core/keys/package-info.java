/** API keys, their authentication and life cycle, usage plans and metering. */
@NullMarked
package dev.facet.core.keys;

import org.jspecify.annotations.NullMarked;
