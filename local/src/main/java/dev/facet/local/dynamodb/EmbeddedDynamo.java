package dev.facet.local.dynamodb;

import dev.facet.aws.Tables;
import dev.facet.local.data.DataFolder;
import dev.facet.local.data.DataFolderUnusable;
import dev.facet.local.sdk.ClientProxy;
import dev.facet.local.sdk.GuardedWrites;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.dynamodb.services.exceptions.DynamoDBLocalServiceException;
import software.amazon.dynamodb.services.local.embedded.DDBExceptionMappingInvocationHandler;
import software.amazon.dynamodb.services.local.shared.access.LocalDBClient;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteLibraryLoader;
import software.amazon.dynamodb.services.local.shared.exceptions.LocalDBAccessException;
import software.amazon.dynamodb.services.local.shared.jobs.JobsRegister;

/**
 * DynamoDB Local in this process, without a socket. Each write, and each transaction as a whole, is
 * one SQLite transaction, and is acknowledged when SQLite has committed it to the disk: killing the
 * process at any moment loses nothing, and a write that does not fit on the disk fails.
 */
public final class EmbeddedDynamo implements AutoCloseable {

  private final LocalDBClient local;
  private final DynamoDbClient client;

  private EmbeddedDynamo(LocalDBClient local, DynamoDbClient client) {
    this.local = local;
    this.client = client;
  }

  EmbeddedDynamo(CertainDatabase database) {
    this.local =
        new LocalDBClient(database, new JobsRegister(Executors.newFixedThreadPool(10), false));
    this.client =
        ShortPages.on(
            ClientProxy.around(
                DynamoDbClient.class, local.dynamoDbClient(), EmbeddedDynamo::withSdkExceptions));
  }

  /**
   * Starts the database and creates a deployment's tables.
   *
   * @param folder the folder of the database
   */
  public static EmbeddedDynamo start(Path folder, Tables tables) {
    try {
      EmbeddedDynamo dynamo = new EmbeddedDynamo(open(folder));
      tables.create(dynamo.client);
      return dynamo;
    } catch (LocalDBAccessException | DynamoDbException failed) {
      throw new DataFolderUnusable(folder, "its database failed: " + failed.getMessage(), failed);
    }
  }

  /** Starts the database of a data folder, which refuses writes while the folder accepts none. */
  public static EmbeddedDynamo start(DataFolder data, Tables tables) {
    EmbeddedDynamo dynamo = start(data.folder("dynamodb"), tables);
    return new EmbeddedDynamo(
        dynamo.local, GuardedWrites.on(DynamoDbClient.class, dynamo.client, data));
  }

  /** Opens the database of a folder, in the file that all versions use. */
  static CertainDatabase open(Path folder) {
    try {
      SQLiteLibraryLoader.initialize();
    } catch (Exception e) {
      throw new IllegalStateException("SQLite's native library can't be loaded.", e);
    }
    return new CertainDatabase(folder.resolve("facet.db").toFile());
  }

  /** Converts the exceptions of DynamoDB Local to those of a client of DynamoDB. */
  private static SdkResponse withSdkExceptions(SdkRequest request, ClientProxy.Next next) {
    try {
      return next.send(request);
    } catch (DynamoDBLocalServiceException refused) {
      throw sdkException(refused);
    } catch (LocalDBAccessException failed) {
      throw InternalServerErrorException.builder()
          .statusCode(500)
          .message("The database failed: " + failed.getMessage())
          .cause(failed)
          .build();
    }
  }

  private static RuntimeException sdkException(DynamoDBLocalServiceException refused) {
    try {
      DDBExceptionMappingInvocationHandler.handleDynamoDBLocalServiceException(refused);
      return refused;
    } catch (RuntimeException converted) {
      return converted;
    } catch (Throwable other) {
      throw new IllegalStateException("An exception of DynamoDB Local is unknown.", other);
    }
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
