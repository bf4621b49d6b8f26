/**
 * Verification of AWS Signature Version 4 on the JDK alone, as a service does it: from the request
 * as it arrived, in its headers or its query string.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create
 *     a signed AWS API request</a>
 */
@NullMarked
package dev.facet.local.sigv4;

import org.jspecify.annotations.NullMarked;
