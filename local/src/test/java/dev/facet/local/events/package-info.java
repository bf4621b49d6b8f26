@NullMarked
package dev.facet.local.events;

import org.jspecify.annotations.NullMarked;
