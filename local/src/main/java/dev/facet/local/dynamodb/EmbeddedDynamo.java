package dev.facet.local.dynamodb;

import dev.facet.aws.Tables;
import java.nio.file.Path;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/**
 * DynamoDB Local in this process, without a socket. Each write, and each transaction as a whole, is
 * one SQLite transaction that is on the disk when it is acknowledged: killing the process at any
 * moment loses nothing.
 */
public final class EmbeddedDynamo implements AutoCloseable {

  private final AmazonDynamoDBLocal local;
  private final DynamoDbClient client;

  private EmbeddedDynamo(AmazonDynamoDBLocal local, Tables tables) {
    this.local = local;
    this.client = ShortPages.on(DurableTransactions.on(local.dynamoDbClient(), tables.data()));
  }

  /**
   * Starts the database and creates a deployment's tables.
   *
   * @param folder the folder of the database
   */
  public static EmbeddedDynamo start(Path folder, Tables tables) {
    // a file, because DynamoDB Local searches for a free name forever if it gets a folder
    EmbeddedDynamo dynamo =
        new EmbeddedDynamo(
            DynamoDBEmbedded.create(folder.resolve("facet.db").toFile(), true), tables);
    tables.create(dynamo.client);
    return dynamo;
  }

  /** Returns a client of the database. */
  public DynamoDbClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    local.shutdown();
  }
}
