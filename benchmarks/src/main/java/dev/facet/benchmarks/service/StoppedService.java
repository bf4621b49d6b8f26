package dev.facet.benchmarks.service;

import dev.facet.aws.DynamoApplicationStore;
import dev.facet.aws.DynamoGalleryStore;
import dev.facet.aws.DynamoKeyStore;
import dev.facet.aws.Tables;
import dev.facet.client.Credentials;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.Authenticator;
import dev.facet.core.keys.KeyId;
import dev.facet.local.data.DataFolder;
import dev.facet.local.dynamodb.EmbeddedDynamo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** The stores of a local service that is not running, and its demo application. */
public final class StoppedService implements AutoCloseable {

  private final DataFolder folder;
  private final EmbeddedDynamo dynamo;
  private final DynamoKeyStore keys;
  private final ApplicationId application;

  private StoppedService(
      DataFolder folder, EmbeddedDynamo dynamo, DynamoKeyStore keys, ApplicationId application) {
    this.folder = folder;
    this.dynamo = dynamo;
    this.keys = keys;
    this.application = application;
  }

  /**
   * Opens the stores.
   *
   * @param data the service's data folder
   * @param credentials those of the demo application
   * @throws IOException if the folder can't be opened
   */
  public static StoppedService open(Path data, Credentials credentials) throws IOException {
    DataFolder folder = DataFolder.open(data);
    EmbeddedDynamo dynamo = EmbeddedDynamo.start(folder.folder("dynamodb"), Tables.DEFAULT);
    DynamoKeyStore keys = new DynamoKeyStore(dynamo.client(), Tables.DEFAULT);
    ApplicationId application =
        keys.find(KeyId.of(new ApiKey(credentials.apiKey()))).orElseThrow().application();
    return new StoppedService(folder, dynamo, keys, application);
  }

  /** Returns the id of the demo application. */
  public ApplicationId application() {
    return application;
  }

  /** Returns the store of all galleries. */
  public GalleryStore galleries() {
    return new DynamoGalleryStore(dynamo.client(), Tables.DEFAULT, Clock.systemUTC());
  }

  /** Returns an authenticator over the service's keys, with an empty cache. */
  public Authenticator authenticator() {
    return new Authenticator(
        keys, new DynamoApplicationStore(dynamo.client(), Tables.DEFAULT), Clock.systemUTC());
  }

  @Override
  public void close() throws IOException {
    try (folder) {
      dynamo.close();
    }
  }
}
