@NullMarked
package dev.facet.local.data;

import org.jspecify.annotations.NullMarked;
