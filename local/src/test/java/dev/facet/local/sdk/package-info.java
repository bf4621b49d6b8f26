@NullMarked
package dev.facet.local.sdk;

import org.jspecify.annotations.NullMarked;
