@NullMarked
package dev.facet.local.apigateway.keys;

import org.jspecify.annotations.NullMarked;
