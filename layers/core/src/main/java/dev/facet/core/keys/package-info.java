/** API keys: how an application is recognised. */
@NullMarked
package dev.facet.core.keys;

import org.jspecify.annotations.NullMarked;
