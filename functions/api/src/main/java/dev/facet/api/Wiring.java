package dev.facet.api;

import dev.facet.api.endpoint.Cors;
import dev.facet.api.endpoint.Edge;
import dev.facet.api.endpoint.NodePorts;
import dev.facet.api.endpoint.Services;
import dev.facet.api.endpoint.Settings;
import dev.facet.aws.AwsClients;
import dev.facet.aws.DynamoApplicationStore;
import dev.facet.aws.DynamoKeyStore;
import dev.facet.aws.Tables;
import dev.facet.aws.faces.LambdaFaceTransport;
import dev.facet.core.faces.EnrolmentQueue;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faces.RetryingFaceService;
import dev.facet.core.faces.wire.RemoteFaceService;
import dev.facet.core.keys.Metering;
import dev.facet.core.payload.PayloadCiphers;
import java.security.SecureRandom;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Puts the handlers' services together from a function's environment. {@code FACET_DATA_TABLE},
 * {@code FACET_KEYS_TABLE} and {@code FACET_FACE_FUNCTION} name what to use, {@code
 * FACET_ALLOW_ORIGINS} the pages that may read answers (all, if it is not set), {@code
 * FACET_ENCRYPTION_FLOOR} the lowest encryption version that {@code /node} accepts (1).
 */
public final class Wiring {

  private final Map<String, String> environment;

  private Wiring(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The wiring of the function that this process runs. */
  public static Wiring fromEnvironment() {
    return new Wiring(System.getenv());
  }

  /** What needs no store. */
  Edge edge() {
    String origins = environment.getOrDefault("FACET_ALLOW_ORIGINS", "*");
    return Edge.of(new Settings(Settings.DEFAULT.bodyBytes(), new Cors(origins)));
  }

  /** Everything that handlers work with. */
  public Services services() {
    Edge edge = edge();
    DynamoDbClient dynamo = AwsClients.dynamoDb().build();
    Tables tables = new Tables(setting("FACET_DATA_TABLE"), setting("FACET_KEYS_TABLE"));
    return Services.of(
            new DynamoKeyStore(dynamo, tables),
            new DynamoApplicationStore(dynamo, tables),
            faces(edge),
            edge)
        .with(node());
  }

  private NodePorts node() {
    int floor = Integer.parseInt(environment.getOrDefault("FACET_ENCRYPTION_FLOOR", "1"));
    return new NodePorts(
        new PayloadCiphers(floor, new SecureRandom()), Metering.NONE, EnrolmentQueue.NONE);
  }

  private FaceService faces(Edge edge) {
    LambdaFaceTransport transport =
        new LambdaFaceTransport(
            AwsClients.lambda().build(), setting("FACET_FACE_FUNCTION"), edge.clock());
    return new RetryingFaceService(
        new RemoteFaceService(transport), edge.clock(), Thread::sleep, new SecureRandom());
  }

  private String setting(String name) {
    String value = environment.get(name);
    if (value == null) {
      throw new IllegalStateException("the function's environment lacks " + name);
    }
    return value;
  }
}
