/** The parts of Lambda's events that several functions share. */
@NullMarked
package dev.facet.aws.lambda;

import org.jspecify.annotations.NullMarked;
