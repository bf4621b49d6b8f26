package dev.facet.aws;

import dev.facet.aws.faces.LambdaFaceTransport;
import dev.facet.core.faults.Fault;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/**
 * A process that sends a message and invokes the face function, at the endpoint that it is told.
 */
final class TracedCalls {

  private TracedCalls() {}

  /** Whatever is answered is a fault: only what is sent matters. */
  public static void main(String[] arguments) {
    URI endpoint = URI.create(arguments[0]);
    attempt(() -> new SqsJobQueue(at(endpoint, AwsClients.sqs()), endpoint + "/queue").send("job"));
    attempt(
        () ->
            new LambdaFaceTransport(
                    at(endpoint, AwsClients.lambda()), "face:live", InstantSource.system())
                .exchange(new byte[] {1}, Instant.now().plusSeconds(20)));
  }

  private static <B extends AwsClientBuilder<B, C>, C> C at(URI endpoint, B client) {
    return client
        .endpointOverride(endpoint)
        .region(Region.AP_SOUTHEAST_2)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")))
        .build();
  }

  private static void attempt(Runnable call) {
    try {
      call.run();
    } catch (Fault refused) {
      System.out.println("refused, as expected");
    }
  }
}
