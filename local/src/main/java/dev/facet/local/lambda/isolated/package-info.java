/**
 * Functions as processes of their own, each under AWS's Lambda runtime interface client, served by
 * a Runtime API of ours.
 */
@NullMarked
package dev.facet.local.lambda.isolated;

import org.jspecify.annotations.NullMarked;
