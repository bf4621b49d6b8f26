@NullMarked
package dev.facet.aws.lambda;

import org.jspecify.annotations.NullMarked;
