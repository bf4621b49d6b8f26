package dev.facet.benchmarks.gateway;

import dev.facet.aws.DynamoGalleryStore;
import dev.facet.aws.DynamoKeyStore;
import dev.facet.aws.Tables;
import dev.facet.benchmarks.service.Service;
import dev.facet.client.Credentials;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.KeyId;
import dev.facet.local.data.DataFolder;
import dev.facet.local.dynamodb.EmbeddedDynamo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The gallery of a local service's demo application.
 *
 * @param root the project's folder
 * @param bundle the models' folder
 * @param data the service's data folder, which must be new
 */
record DemoGallery(Path root, Path bundle, Path data) {

  /** Fills the gallery while the service is down, through the store that the service uses. */
  void fill(int subjects) throws IOException {
    Credentials credentials = firstStart();
    BundleManifest manifest = Bundle.open(bundle).manifest();
    try (DataFolder folder = DataFolder.open(data);
        EmbeddedDynamo dynamo = EmbeddedDynamo.start(folder.folder("dynamodb"), Tables.DEFAULT)) {
      ApplicationId application =
          new DynamoKeyStore(dynamo.client(), Tables.DEFAULT)
              .find(KeyId.of(new ApiKey(credentials.apiKey())))
              .orElseThrow()
              .application();
      new RandomGallery(
              GalleryId.ofImages(application, manifest.id()), manifest.embedding().dimension())
          .fill(
              new DynamoGalleryStore(dynamo.client(), Tables.DEFAULT, Clock.systemUTC()), subjects);
    }
  }

  /** Starts the service once, which creates the demo application. */
  private Credentials firstStart() throws IOException {
    try (Service service = Service.start(root, data)) {
      return service.credentials();
    }
  }
}
