package dev.facet.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What a bucket holds. */
final class StoredObjects {

  private StoredObjects() {}

  /** Names that begin so, and the texts under them. */
  static Map<String, String> of(S3Client s3, String bucket, String prefix) {
    return s3.listObjectsV2(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .collect(
            Collectors.toMap(
                key -> key,
                key -> s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asString(UTF_8)));
  }
}
