package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.images.ImageKey;
import dev.facet.core.images.ImageStore;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * {@link ImageStore} in an S3 bucket that encrypts by default and is unversioned, so that a
 * deletion is permanent.
 */
public final class S3ImageStore implements ImageStore {

  private final S3Client client;
  private final String bucket;

  /** Creates a store in a bucket. */
  public S3ImageStore(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  @Override
  public void put(ImageKey key, byte[] image) {
    calling(
        () ->
            client.putObject(
                put -> put.bucket(bucket).key(StoreKeys.imageObject(key)),
                RequestBody.fromBytes(image)));
  }

  @Override
  public void delete(ImageKey key) {
    calling(
        () -> client.deleteObject(delete -> delete.bucket(bucket).key(StoreKeys.imageObject(key))));
  }
}
