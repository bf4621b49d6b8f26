package dev.facet.local.dynamodb;

import dev.facet.aws.Tables;
import java.nio.file.Path;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/**
 * DynamoDB Local within this process, without a socket. Each write, and each transaction as a
 * whole, is one SQLite transaction that is on the disk when it is answered: killing the process at
 * any moment loses nothing.
 */
public final class EmbeddedDynamo implements AutoCloseable {

  private final AmazonDynamoDBLocal local;
  private final DynamoDbClient client;

  private EmbeddedDynamo(AmazonDynamoDBLocal local, Tables tables) {
    this.local = local;
    this.client = ShortPages.on(DurableTransactions.on(local.dynamoDbClient(), tables.data()));
  }

  /**
   * Starts it, with a deployment's tables.
   *
   * @param folder holds its database
   */
  public static EmbeddedDynamo start(Path folder, Tables tables) {
    // a file, since it looks for a free name for ever when given a folder
    EmbeddedDynamo dynamo =
        new EmbeddedDynamo(
            DynamoDBEmbedded.create(folder.resolve("facet.db").toFile(), true), tables);
    tables.create(dynamo.client);
    return dynamo;
  }

  /** Talks to it. */
  public DynamoDbClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    local.shutdown();
  }
}
