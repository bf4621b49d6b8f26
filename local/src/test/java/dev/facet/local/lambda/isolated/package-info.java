@NullMarked
package dev.facet.local.lambda.isolated;

import org.jspecify.annotations.NullMarked;
