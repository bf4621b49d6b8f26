package dev.facet.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

class ShortPagesTest {

  private static final Map<String, AttributeValue> NEXT = Map.of("pk", AttributeValue.fromS("p"));

  private final RecordedQueries queries = new RecordedQueries();
  private final DynamoDbClient client = ShortPages.on(queries);

  /** Answers queries with two empty pages, and records their limits. */
  private static final class RecordedQueries implements DynamoDbClient {

    private final List<Integer> limits = new ArrayList<>();

    @Override
    public QueryResponse query(QueryRequest request) {
      limits.add(request.limit());
      return request.hasExclusiveStartKey()
          ? QueryResponse.builder().build()
          : QueryResponse.builder().lastEvaluatedKey(NEXT).build();
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }

  @Test
  void every_form_of_a_query_is_limited() {
    client.query(QueryRequest.builder().tableName("t").build());
    client.query(query -> query.tableName("t"));
    assertThat(queries.limits).containsExactly(ShortPages.MAX_ROWS, ShortPages.MAX_ROWS);
  }

  @Test
  void every_page_of_a_paginated_query_is_limited() {
    assertThat(client.queryPaginator(query -> query.tableName("t"))).hasSize(2);
    assertThat(queries.limits).containsExactly(ShortPages.MAX_ROWS, ShortPages.MAX_ROWS);
  }

  @Test
  void a_limit_of_the_caller_stays() {
    client.query(query -> query.tableName("t").limit(7));
    assertThat(queries.limits).containsExactly(7);
  }
}
