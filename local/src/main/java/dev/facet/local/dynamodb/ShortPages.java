package dev.facet.local.dynamodb;

import dev.facet.local.sdk.ClientProxy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Makes a DynamoDB client limit queries to pages of few rows, unless they set a limit themselves.
 *
 * <p>Without a limit, DynamoDB Local reads and decodes every row that matches the condition, and
 * only then cuts the page at 1 MB: reading a long log would take time quadratic in its length.
 * DynamoDB itself stops reading at 1 MB.
 */
final class ShortPages {

  /** Fills two pages of 1 MB with rows of the maximum size, which are commits of 32 templates. */
  static final int MAX_ROWS = 32;

  private ShortPages() {}

  /** Returns a client that differs in queries only, single ones and paginated ones. */
  static DynamoDbClient on(DynamoDbClient client) {
    return ClientProxy.around(
        DynamoDbClient.class,
        client,
        (request, next) ->
            next.send(request instanceof QueryRequest query ? withLimit(query) : request));
  }

  private static QueryRequest withLimit(QueryRequest query) {
    return query.limit() == null ? query.toBuilder().limit(MAX_ROWS).build() : query;
  }
}
