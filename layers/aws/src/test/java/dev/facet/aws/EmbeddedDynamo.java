package dev.facet.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;

/** DynamoDB Local within this process, without a socket, its data in a file of its own. */
final class EmbeddedDynamo implements AutoCloseable {

  private final software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal local;
  private final DynamoDbClient client;
  private final Path folder = folder();

  /** Starts it, with the tables of a deployment. */
  EmbeddedDynamo() {
    local = DynamoDBEmbedded.create(folder.resolve("facet.db").toFile(), true);
    client = local.dynamoDbClient();
    Tables.DEFAULT.create(client);
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("dynamo");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  DynamoDbClient client() {
    return client;
  }

  @Override
  public void close() {
    local.shutdownNow();
    org.assertj.core.util.Files.delete(folder.toFile());
  }
}
