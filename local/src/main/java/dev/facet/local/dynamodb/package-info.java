/** AWS services within this process: DynamoDB Local and S3Proxy, their data in a folder. */
@NullMarked
package dev.facet.local.dynamodb;

import org.jspecify.annotations.NullMarked;
