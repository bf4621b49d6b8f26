@NullMarked
package dev.facet.local.apigateway;

import org.jspecify.annotations.NullMarked;
