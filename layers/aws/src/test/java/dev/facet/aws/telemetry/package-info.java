@NullMarked
package dev.facet.aws.telemetry;

import org.jspecify.annotations.NullMarked;
