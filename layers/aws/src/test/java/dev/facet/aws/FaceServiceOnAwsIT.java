package dev.facet.aws;

import dev.facet.core.faces.FaceServiceContract;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.images.ErasureStore;
import dev.facet.core.images.ImageStore;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

/** The face service on DynamoDB Local and S3Proxy; what is kept is read from the bucket. */
final class FaceServiceOnAwsIT extends FaceServiceContract {

  private static final EmbeddedDynamo DYNAMO = new EmbeddedDynamo();
  private static final EmbeddedS3 S3 = new EmbeddedS3();

  @AfterAll
  static void stop() {
    DYNAMO.close();
    S3.close();
  }

  @Override
  protected GalleryStore store() {
    return new DynamoGalleryStore(DYNAMO.client(), Tables.DEFAULT, clock);
  }

  @Override
  protected ErasureStore erasures() {
    return new DynamoErasureStore(DYNAMO.client(), Tables.DEFAULT, clock);
  }

  @Override
  protected ImageStore images() {
    return new S3ImageStore(S3.client(), EmbeddedS3.BUCKET, clock);
  }

  @Override
  protected Map<String, String> storedImages() {
    return StoredObjects.of(S3.client(), EmbeddedS3.BUCKET, application.id().toString());
  }
}
