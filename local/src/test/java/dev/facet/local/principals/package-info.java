@NullMarked
package dev.facet.local.principals;

import org.jspecify.annotations.NullMarked;
