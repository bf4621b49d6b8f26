package dev.facet.aws;

import dev.facet.core.faces.FaceServiceContract;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.images.ErasureStore;
import dev.facet.core.images.ImageStore;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The face service on LocalStack's DynamoDB and S3; what is kept is read from the bucket. */
final class FaceServiceOnLocalStackTest extends FaceServiceContract {

  @RegisterExtension static final LocalStackTables TABLES = new LocalStackTables();
  @RegisterExtension static final LocalStackBucket BUCKET = new LocalStackBucket();

  @Override
  protected GalleryStore store() {
    return new DynamoGalleryStore(TABLES.client(), TABLES.names(), clock);
  }

  @Override
  protected ErasureStore erasures() {
    return new DynamoErasureStore(TABLES.client(), TABLES.names(), clock);
  }

  @Override
  protected ImageStore images() {
    return new S3ImageStore(BUCKET.client(), BUCKET.name(), clock);
  }

  @Override
  protected Map<String, String> storedImages() {
    return StoredObjects.of(BUCKET.client(), BUCKET.name(), application.id().toString());
  }
}
