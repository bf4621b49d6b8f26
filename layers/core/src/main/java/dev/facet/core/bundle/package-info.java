/** Model bundles: which networks see faces, how they are fed, what their results mean. */
@NullMarked
package dev.facet.core.bundle;

import org.jspecify.annotations.NullMarked;
