@NullMarked
package dev.facet.keys;

import org.jspecify.annotations.NullMarked;
