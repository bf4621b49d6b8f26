package dev.facet.aws;

import java.net.URI;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterAll;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Queues of ElasticMQ. Over a restart it forgets that a message was made visible again; SQS's
 * documentation and LocalStack know of no such thing, and the contract does not ask for it.
 */
final class EmbeddedQueueIT extends QueueContract {

  private static final SQSRestServer SERVER =
      SQSRestServerBuilder.withInterface("127.0.0.1").withPort(0).start();

  private static final SqsClient CLIENT =
      AwsClients.sqs()
          .endpointOverride(
              URI.create("http://127.0.0.1:" + SERVER.waitUntilStarted().localAddress().getPort()))
          .region(Region.US_EAST_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
          .build();

  @AfterAll
  static void stop() {
    CLIENT.close();
    SERVER.stopAndWait();
  }

  @Override
  SqsClient client() {
    return CLIENT;
  }
}
