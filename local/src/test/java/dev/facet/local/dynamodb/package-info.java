@NullMarked
package dev.facet.local.dynamodb;

import org.jspecify.annotations.NullMarked;
