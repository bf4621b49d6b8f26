package dev.facet.api.http;

import dev.facet.core.applications.Application;
import dev.facet.core.faces.CallContext;
import dev.facet.core.idempotency.Digest;
import dev.facet.core.idempotency.IdempotencyKey;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.subjects.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/** An authenticated request of an application, which creates the calls to the face service. */
public final class AuthenticatedRequest {

  /** Maximum time that the face service works on a command. */
  static final Duration FACE_TIME = Duration.ofSeconds(20);

  /** Time reserved for the round trip to the face service and for the response. */
  static final Duration RESERVE = Duration.ofSeconds(3);

  private static final Duration LAST_MOMENT = Duration.ofSeconds(2);

  private final Incoming incoming;
  private final Application application;
  private final EndpointContext edge;

  /** Creates the exchange of an application's request. */
  public AuthenticatedRequest(Incoming incoming, Application application, EndpointContext edge) {
    this.incoming = incoming;
    this.application = application;
    this.edge = edge;
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
    return JsonBody.parse(incoming.request().body());
  }

  /**
   * Returns the subject that the path or the query names.
   *
   * @throws dev.facet.core.faults.CallerFault.InvalidRequest if neither does
   */
  public SubjectId subject() {
    return new SubjectId(incoming.request().parameter("id"));
  }

  /** Returns the call of a read-only command. */
  public CallContext read() {
    return call(random(), "");
  }

  /**
   * Returns the call of a command that changes data, with the operation id for its idempotency.
   *
   * @param decoded the command's complete decoded content; the same operation with other content is
   *     not a repeat
   */
  public CallContext write(String... decoded) {
    return call(operation(), HexFormat.of().formatHex(Digest.of(decoded)));
  }

  /** Returns the latest time for the response: 2 s before the function times out. */
  public Instant answerBy() {
    return edge.clock()
        .instant()
        .plusMillis(incoming.context().getRemainingTimeInMillis())
        .minus(LAST_MOMENT);
  }

  private CallContext call(OperationId operation, String digest) {
    return new CallContext(application, operation, digest, deadline(), incoming.correlationId());
  }

  private OperationId operation() {
    Request request = incoming.request();
    String key = request.header("idempotency-key");
    return key == null || key.isBlank()
        ? random()
        : new IdempotencyKey(key).operation(request.method(), request.path());
  }

  private OperationId random() {
    return new OperationId(edge.ids().get().toString());
  }

  private Instant deadline() {
    Duration left = Duration.ofMillis(incoming.context().getRemainingTimeInMillis()).minus(RESERVE);
    return edge.clock().instant().plus(left.compareTo(FACE_TIME) < 0 ? left : FACE_TIME);
  }
}
