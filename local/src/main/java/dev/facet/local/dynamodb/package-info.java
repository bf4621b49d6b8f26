/** Emulated AWS services in this process, on a folder: DynamoDB Local, S3Proxy and ElasticMQ. */
@NullMarked
package dev.facet.local.dynamodb;

import org.jspecify.annotations.NullMarked;
