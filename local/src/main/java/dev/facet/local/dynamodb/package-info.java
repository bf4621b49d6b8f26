/** DynamoDB Local in this process, on a folder, with the durability that a service relies on. */
@NullMarked
package dev.facet.local.dynamodb;

import org.jspecify.annotations.NullMarked;
