package dev.facet.api.http;

import dev.facet.core.applications.Application;
import dev.facet.core.faces.CallContext;
import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faces.FaceCommand;
import dev.facet.core.idempotency.Digest;
import dev.facet.core.idempotency.IdempotencyKey;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.subjects.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/** An authenticated request of an application, which sends commands to the face service. */
public final class AuthenticatedRequest {

  /** Maximum time that the face service works on a command. */
  static final Duration FACE_TIMEOUT = Duration.ofSeconds(20);

  /** Time reserved for the round trip to the face service and for the response. */
  static final Duration ROUND_TRIP_TIME = Duration.ofSeconds(3);

  private static final Duration RESPONSE_TIME = Duration.ofSeconds(2);

  private final ApiRequest request;
  private final Application application;
  private final Services services;

  /** Creates the request of an application. */
  AuthenticatedRequest(ApiRequest request, Application application, Services services) {
    this.request = request;
    this.application = application;
    this.services = services;
  }

  /** Returns the application that the request's key belongs to. */
  public Application application() {
    return application;
  }

  /**
   * Returns the request's JSON object.
   *
   * @throws dev.facet.core.faults.CallerFault.InvalidRequest if the body is not a JSON object
   */
  public JsonBody body() {
    return JsonBody.parse(request.body());
  }

  /**
   * Returns the subject that the path or the query names.
   *
   * @throws dev.facet.core.faults.CallerFault.InvalidRequest if neither does
   */
  public SubjectId subject() {
    return new SubjectId(request.parameter("id"));
  }

  /**
   * Sends the face service a command and returns its answer.
   *
   * @throws dev.facet.core.faults.Fault any fault of the face service
   */
  public <A extends FaceAnswer> A execute(FaceCommand<A> command) {
    return services.faces().execute(command);
  }

  /** Returns the call of a read-only command. */
  public CallContext queryCall() {
    return call(random(), "");
  }

  /**
   * Returns the call of a command that changes data, with the operation id for its idempotency.
   *
   * @param decoded the command's complete decoded content; the same operation with other content is
   *     not a repeat
   */
  public CallContext commandCall(String... decoded) {
    return call(operation(), HexFormat.of().formatHex(Digest.of(decoded)));
  }

  /** Returns the present time. */
  public Instant now() {
    return services.edge().clock().instant();
  }

  /** Returns the latest time for the response: 2 s before the function times out. */
  public Instant answerBy() {
    return services.edge().clock().instant().plus(request.remainingTime()).minus(RESPONSE_TIME);
  }

  private CallContext call(OperationId operation, String digest) {
    return new CallContext(application, operation, digest, deadline(), request.correlationId());
  }

  private OperationId operation() {
    String key = request.header("idempotency-key");
    return key == null || key.isBlank()
        ? random()
        : new IdempotencyKey(key).operation(request.method(), request.path());
  }

  private OperationId random() {
    return new OperationId(services.edge().ids().get().toString());
  }

  private Instant deadline() {
    Duration left = request.remainingTime().minus(ROUND_TRIP_TIME);
    return services
        .edge()
        .clock()
        .instant()
        .plus(left.compareTo(FACE_TIMEOUT) < 0 ? left : FACE_TIMEOUT);
  }
}
