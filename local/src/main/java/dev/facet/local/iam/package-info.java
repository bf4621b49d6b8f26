/** IAM principals from a gateway's view: signers of requests, and the resources open to them. */
@NullMarked
package dev.facet.local.iam;

import org.jspecify.annotations.NullMarked;
