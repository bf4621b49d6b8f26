/** Applications, which own galleries and settings. */
@NullMarked
package dev.facet.core.applications;

import org.jspecify.annotations.NullMarked;
