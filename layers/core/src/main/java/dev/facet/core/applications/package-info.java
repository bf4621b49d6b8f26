/** Applications: whose galleries and settings they are. */
@NullMarked
package dev.facet.core.applications;

import org.jspecify.annotations.NullMarked;
