package dev.facet.aws;

import dev.facet.core.fakes.SettableClock;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.gallery.GalleryStoreContract;
import dev.facet.core.gallery.LogErasureStore;
import dev.facet.core.images.ErasureStore;
import org.junit.jupiter.api.AfterAll;

/**
 * The contract of galleries on DynamoDB Local. It answers a transaction before that is on the disk,
 * and reads all that a query matches before it cuts the page; DynamoDB does neither, as AWS
 * documents it. Neither shows in the contract, which asks whoever committed.
 */
final class DynamoGalleryStoreIT extends GalleryStoreContract {

  private static final EmbeddedDynamo DYNAMO = new EmbeddedDynamo();

  @AfterAll
  static void stop() {
    DYNAMO.close();
  }

  @Override
  protected GalleryStore store(SettableClock clock) {
    return new DynamoGalleryStore(DYNAMO.client(), Tables.DEFAULT, clock);
  }

  @Override
  protected ErasureStore erasures(SettableClock clock) {
    return new DynamoErasureStore(DYNAMO.client(), Tables.DEFAULT, clock);
  }

  @Override
  protected LogErasureStore logErasures(SettableClock clock) {
    return new DynamoLogErasureStore(DYNAMO.client(), Tables.DEFAULT);
  }
}
