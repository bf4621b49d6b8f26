@NullMarked
package dev.facet.local.administration;

import org.jspecify.annotations.NullMarked;
