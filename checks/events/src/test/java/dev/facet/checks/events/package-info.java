@NullMarked
package dev.facet.checks.events;

import org.jspecify.annotations.NullMarked;
