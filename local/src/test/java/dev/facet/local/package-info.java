@NullMarked
package dev.facet.local;

import org.jspecify.annotations.NullMarked;
