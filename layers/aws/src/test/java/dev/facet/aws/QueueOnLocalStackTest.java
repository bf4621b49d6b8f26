package dev.facet.aws;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Queues of LocalStack: an implementation apart from ElasticMQ's, of the same documentation. */
final class QueueOnLocalStackTest extends QueueContract {

  private static @Nullable SqsClient client;

  @BeforeAll
  static void start() {
    client = LocalStack.client(AwsClients.sqs());
  }

  @AfterAll
  static void stop() {
    if (client != null) {
      client.close();
    }
  }

  @Override
  SqsClient client() {
    return Objects.requireNonNull(client, "before the tests");
  }
}
