@NullMarked
package dev.facet.core.telemetry;

import org.jspecify.annotations.NullMarked;
