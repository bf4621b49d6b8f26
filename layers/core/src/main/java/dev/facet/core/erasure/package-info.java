/** The erasure of whole applications. */
@NullMarked
package dev.facet.core.erasure;

import org.jspecify.annotations.NullMarked;
