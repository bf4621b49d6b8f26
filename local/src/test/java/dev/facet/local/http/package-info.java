@NullMarked
package dev.facet.local.http;

import org.jspecify.annotations.NullMarked;
