package dev.facet.aws;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket in LocalStack, for one class of tests; without LocalStack it is skipped. */
final class LocalStackBucket implements BeforeAllCallback, AfterAllCallback {

  private final String name = LocalStack.name("images");
  private @Nullable S3Client client;

  @Override
  public void beforeAll(ExtensionContext context) {
    client = LocalStack.client(AwsClients.s3().forcePathStyle(true));
    client.createBucket(create -> create.bucket(name));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (client != null) {
      client
          .listObjectsV2(list -> list.bucket(name))
          .contents()
          .forEach(object -> client().deleteObject(del -> del.bucket(name).key(object.key())));
      client.deleteBucket(delete -> delete.bucket(name));
      client.close();
    }
  }

  S3Client client() {
    return Objects.requireNonNull(client, "before the tests");
  }

  String name() {
    return name;
  }
}
