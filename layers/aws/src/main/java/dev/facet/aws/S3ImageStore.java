package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.images.ImageKey;
import dev.facet.core.images.ImageStore;
import dev.facet.core.images.Photos;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * {@link ImageStore} in an S3 bucket that encrypts by default and is unversioned, so that a
 * deletion is permanent.
 */
public final class S3ImageStore implements ImageStore, Photos {

  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);

  private final S3Client client;
  private final String bucket;
  private final Deadlines deadlines;

  /**
   * Creates a store in a bucket.
   *
   * @param clock the time for deadlines
   */
  public S3ImageStore(S3Client client, String bucket, InstantSource clock) {
    this.client = client;
    this.bucket = bucket;
    this.deadlines = new Deadlines(clock, CALL_TIMEOUT);
  }

  @Override
  public void put(ImageKey key, byte[] image, Instant deadline) {
    calling(
        () ->
            client.putObject(
                put ->
                    put.bucket(bucket)
                        .key(StoreKeys.imageObject(key))
                        .overrideConfiguration(deadlines.until(deadline)),
                RequestBody.fromBytes(image)));
  }

  @Override
  public Optional<byte[]> find(ImageKey key, Instant deadline) {
    return calling(
        () -> {
          try {
            return Optional.of(
                client
                    .getObjectAsBytes(
                        get ->
                            get.bucket(bucket)
                                .key(StoreKeys.imageObject(key))
                                .overrideConfiguration(deadlines.until(deadline)))
                    .asByteArray());
          } catch (NoSuchKeyException absent) {
            return Optional.empty();
          }
        });
  }

  @Override
  public void delete(ImageKey key, Instant deadline) {
    calling(
        () ->
            client.deleteObject(
                delete ->
                    delete
                        .bucket(bucket)
                        .key(StoreKeys.imageObject(key))
                        .overrideConfiguration(deadlines.until(deadline))));
  }
}
