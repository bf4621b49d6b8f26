package dev.facet.aws;

import dev.facet.core.faces.EmbeddingIdentitiesContract;
import dev.facet.core.gallery.GalleryStore;
import org.junit.jupiter.api.AfterAll;

/** Embeddings on DynamoDB Local. */
final class EmbeddingIdentitiesOnAwsIT extends EmbeddingIdentitiesContract {

  private static final EmbeddedDynamo DYNAMO = new EmbeddedDynamo();

  @AfterAll
  static void stop() {
    DYNAMO.close();
  }

  @Override
  protected GalleryStore store() {
    return new DynamoGalleryStore(DYNAMO.client(), Tables.DEFAULT, clock);
  }
}
