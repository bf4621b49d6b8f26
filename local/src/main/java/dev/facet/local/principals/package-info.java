/** IAM principals, as far as a gateway sees them: who signs, and what they may call. */
@NullMarked
package dev.facet.local.principals;

import org.jspecify.annotations.NullMarked;
