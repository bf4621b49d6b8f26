/** The ports of the core on AWS: DynamoDB and S3, by the AWS SDK over the CRT HTTP client. */
@NullMarked
package dev.facet.aws;

import org.jspecify.annotations.NullMarked;
