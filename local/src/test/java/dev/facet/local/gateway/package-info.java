@NullMarked
package dev.facet.local.gateway;

import org.jspecify.annotations.NullMarked;
