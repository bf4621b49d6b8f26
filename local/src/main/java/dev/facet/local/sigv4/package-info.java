/**
 * A verifier of AWS Signature Version 4 on the JDK alone. Like a service, it takes the request as
 * it arrived, with the signature in its headers or its query string.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create
 *     a signed AWS API request</a>
 */
@NullMarked
package dev.facet.local.sigv4;

import org.jspecify.annotations.NullMarked;
