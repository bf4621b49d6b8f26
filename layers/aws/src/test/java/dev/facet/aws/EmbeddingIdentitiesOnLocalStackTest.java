package dev.facet.aws;

import dev.facet.core.faces.EmbeddingIdentitiesContract;
import dev.facet.core.gallery.GalleryStore;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Embeddings on LocalStack's DynamoDB. */
final class EmbeddingIdentitiesOnLocalStackTest extends EmbeddingIdentitiesContract {

  @RegisterExtension static final LocalStackTables TABLES = new LocalStackTables();

  @Override
  protected GalleryStore store() {
    return new DynamoGalleryStore(TABLES.client(), TABLES.names(), clock);
  }
}
