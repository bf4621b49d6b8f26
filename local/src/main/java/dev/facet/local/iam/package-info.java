/** IAM principals, as far as a gateway sees them: who signs, and what they may call. */
@NullMarked
package dev.facet.local.iam;

import org.jspecify.annotations.NullMarked;
