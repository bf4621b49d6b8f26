package dev.facet.local.s3;

import dev.facet.aws.AwsClients;
import dev.facet.core.crypto.RandomText;
import dev.facet.local.data.DataFolder;
import dev.facet.local.sdk.GuardedWrites;
import dev.facet.local.sdk.LoopbackHttp;
import dev.facet.local.sigv4.SigningCredentials;
import java.net.URI;
import java.util.Properties;
import java.util.random.RandomGenerator;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/**
 * S3Proxy in this process, on a free loopback port, with its objects as files in a folder.
 *
 * <p>Path, access key and secret are random in each run. S3Proxy would read the body of an unsigned
 * upload form before it refuses it, so the random path keeps strangers out by the head of their
 * requests. It writes an object under another name and then renames it, so that killing the process
 * leaves the object whole or absent.
 */
public final class EmbeddedS3 implements AutoCloseable {

  private static final String PROVIDER = "filesystem-nio2";

  /** More than a stored image has: it came in a request of at most 6 MB. */
  private static final int MAX_OBJECT_BYTES = 8 << 20;

  private final S3Proxy proxy;
  private final String path;
  private final SigningCredentials credentials;
  private final S3Client client;

  private EmbeddedS3(S3Proxy proxy, String path, SigningCredentials credentials, DataFolder data) {
    this.proxy = proxy;
    this.path = path;
    this.credentials = credentials;
    this.client = GuardedWrites.on(S3Client.class, client(url(), credentials), data);
  }

  /**
   * Starts the store and creates one bucket.
   *
   * @param data its subfolder {@code s3} holds the buckets; while it accepts no writes, the client
   *     refuses them
   * @param random a cryptographic source
   */
  public static EmbeddedS3 start(DataFolder data, String bucket, RandomGenerator random) {
    String path = "/" + RandomText.base62(random, 22);
    SigningCredentials credentials =
        new SigningCredentials(RandomText.base62(random, 22), RandomText.base62(random, 40), null);
    Properties properties = new Properties();
    properties.setProperty("jclouds.provider", PROVIDER);
    properties.setProperty("jclouds.filesystem.basedir", data.folder("s3").toString());
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(BlobStores.create(PROVIDER, properties))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(
                AuthenticationType.AWS_V4, credentials.accessKeyId(), credentials.secretAccessKey())
            .servicePath(path)
            .v4MaxNonChunkedRequestSize(MAX_OBJECT_BYTES)
            .build();
    try {
      proxy.start();
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy did not start.", e);
    }
    EmbeddedS3 s3 = new EmbeddedS3(proxy, path, credentials, data);
    s3.create(bucket);
    return s3;
  }

  /** Returns a client of the store. */
  public S3Client client() {
    return client;
  }

  /** Returns the URL at which the store listens. */
  public String url() {
    return "http://127.0.0.1:" + proxy.getPort() + path;
  }

  /** Returns the credentials that requests must be signed with. */
  public SigningCredentials credentials() {
    return credentials;
  }

  @Override
  public void close() {
    client.close();
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy did not stop.", e);
    }
  }

  private static S3Client client(String url, SigningCredentials credentials) {
    return AwsClients.s3(LoopbackHttp.client())
        .endpointOverride(URI.create(url))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    credentials.accessKeyId(), credentials.secretAccessKey())))
        .forcePathStyle(true)
        .build();
  }

  private void create(String bucket) {
    try {
      client.createBucket(request -> request.bucket(bucket));
    } catch (BucketAlreadyOwnedByYouException there) {
      // created by an earlier start
    }
  }
}
