package dev.facet.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.regions.Region;

/**
 * A second implementation of AWS, for the tests that the embedded services pass: at the address
 * that the property {@code facet.aws.endpoint} or the variable {@code AWS_ENDPOINT_URL} names, or
 * else in a container, where Docker is. Where it is neither, the tests are skipped and say so.
 *
 * <p>DynamoDB in LocalStack is DynamoDB Local too, in another version and over HTTP. S3 and SQS are
 * LocalStack's own.
 */
final class LocalStack {

  /** Later ones want a token. */
  private static final DockerImageName IMAGE =
      DockerImageName.parse("localstack/localstack:4.14.0");

  /** It starts what is behind a service when that is first asked. */
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private static final String MISSING =
      "LocalStack is missing: set AWS_ENDPOINT_URL or -Dfacet.aws.endpoint, or start Docker (%s)";

  private LocalStack() {}

  /** Found once; a container is removed by Testcontainers when this process ends. */
  private static final class Found {
    private static final Place PLACE = find();
  }

  /** Where it is, or why it is nowhere. */
  private sealed interface Place {
    record At(URI endpoint) implements Place {}

    record Nowhere(String why) implements Place {}
  }

  /** A client of it; skips the test that asks if there is none. */
  static <C, B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>> C client(B builder) {
    return builder
        .overrideConfiguration(
            builder.overrideConfiguration().toBuilder()
                .apiCallTimeout(TIMEOUT)
                .apiCallAttemptTimeout(TIMEOUT)
                .build())
        .endpointOverride(endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .build();
  }

  /** A name that no other test has there. */
  static String name(String prefix) {
    return prefix + "-" + UUID.randomUUID();
  }

  private static URI endpoint() {
    return switch (Found.PLACE) {
      case Place.At at -> at.endpoint();
      case Place.Nowhere nowhere -> Assumptions.abort(MISSING.formatted(nowhere.why()));
    };
  }

  private static Place find() {
    return Optional.ofNullable(System.getProperty("facet.aws.endpoint"))
        .or(() -> Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL")))
        .<Place>map(address -> new Place.At(URI.create(address)))
        .orElseGet(LocalStack::container);
  }

  private static Place container() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      return new Place.Nowhere("there is no Docker");
    }
    try {
      LocalStackContainer container =
          new LocalStackContainer(IMAGE).withServices("dynamodb", "s3", "sqs");
      Optional.ofNullable(System.getenv("LOCALSTACK_AUTH_TOKEN"))
          .ifPresent(token -> container.withEnv("LOCALSTACK_AUTH_TOKEN", token));
      container.start();
      return new Place.At(container.getEndpoint());
    } catch (ContainerFetchException unreachable) {
      return new Place.Nowhere("its image can't be had");
    }
  }
}
