@NullMarked
package dev.facet.local.runtime;

import org.jspecify.annotations.NullMarked;
