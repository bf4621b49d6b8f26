@NullMarked
package dev.facet.local.sigv4;

import org.jspecify.annotations.NullMarked;
