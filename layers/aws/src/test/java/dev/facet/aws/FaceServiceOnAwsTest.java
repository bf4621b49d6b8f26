package dev.facet.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.core.faces.FaceServiceContract;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.images.ErasureStore;
import dev.facet.core.images.ImageStore;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The face service on DynamoDB Local and S3Proxy; what is kept is read from the bucket. */
final class FaceServiceOnAwsTest extends FaceServiceContract {

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
    return new DynamoErasureStore(DYNAMO.client(), Tables.DEFAULT);
  }

  @Override
  protected ImageStore images() {
    return new S3ImageStore(S3.client(), EmbeddedS3.BUCKET);
  }

  @Override
  protected Map<String, String> storedImages() {
    S3Client s3 = S3.client();
    return s3
        .listObjectsV2(list -> list.bucket(EmbeddedS3.BUCKET).prefix(application.id().toString()))
        .contents()
        .stream()
        .map(S3Object::key)
        .collect(
            Collectors.toMap(
                key -> key,
                key ->
                    s3.getObjectAsBytes(get -> get.bucket(EmbeddedS3.BUCKET).key(key))
                        .asString(UTF_8)));
  }
}
