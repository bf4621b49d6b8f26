package dev.facet.aws;

import dev.facet.core.fakes.SettableClock;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.gallery.GalleryStoreContract;
import dev.facet.core.gallery.LogErasureStore;
import dev.facet.core.images.ErasureStore;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The contract of galleries on LocalStack's DynamoDB, which is DynamoDB Local too: where it differs
 * from AWS's documentation, {@link DynamoGalleryStoreIT} differs with it.
 */
final class GalleryStoreOnLocalStackTest extends GalleryStoreContract {

  @RegisterExtension static final LocalStackTables TABLES = new LocalStackTables();

  @Override
  protected GalleryStore store(SettableClock clock) {
    return new DynamoGalleryStore(TABLES.client(), TABLES.names(), clock);
  }

  @Override
  protected ErasureStore erasures(SettableClock clock) {
    return new DynamoErasureStore(TABLES.client(), TABLES.names(), clock);
  }

  @Override
  protected LogErasureStore logErasures(SettableClock clock) {
    return new DynamoLogErasureStore(TABLES.client(), TABLES.names());
  }
}
