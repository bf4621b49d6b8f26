@NullMarked
package dev.facet.local.keys;

import org.jspecify.annotations.NullMarked;
