package dev.facet.aws;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** S3Proxy within this process, on a free port of the loopback interface, with one bucket. */
final class EmbeddedS3 implements AutoCloseable {

  static final String BUCKET = "images";

  private final Path folder;
  private final S3Proxy proxy;
  private final S3Client client;

  /** Starts it. */
  EmbeddedS3() {
    try {
      folder = Files.createTempDirectory("s3");
      proxy = start(folder.toString());
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy does not start", e);
    }
    client =
        AwsClients.s3()
            .endpointOverride(URI.create("http://127.0.0.1:" + proxy.getPort()))
            .region(Region.AP_SOUTHEAST_2)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "secret")))
            .build();
    client.createBucket(create -> create.bucket(BUCKET));
  }

  private static S3Proxy start(String folder) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("jclouds.provider", "filesystem-nio2");
    properties.setProperty("jclouds.filesystem.basedir", folder);
    properties.setProperty("s3proxy.endpoint", "http://127.0.0.1:0");
    properties.setProperty("s3proxy.authorization", "aws-v2-or-v4");
    properties.setProperty("s3proxy.identity", "local");
    properties.setProperty("s3proxy.credential", "secret");
    S3Proxy proxy =
        S3Proxy.Builder.fromProperties(properties)
            .blobStore(BlobStores.create("filesystem-nio2", properties))
            .build();
    proxy.start();
    return proxy;
  }

  S3Client client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy does not stop", e);
    }
    org.assertj.core.util.Files.delete(folder.toFile());
  }
}
