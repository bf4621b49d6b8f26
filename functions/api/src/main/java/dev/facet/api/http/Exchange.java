package dev.facet.api.http;

import dev.facet.core.applications.Application;
import dev.facet.core.faces.Call;
import dev.facet.core.idempotency.Digest;
import dev.facet.core.idempotency.IdempotencyKey;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.subjects.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/** A request of a known application: what was asked, and the call to ask the face service in. */
public final class Exchange {

  /** How long the face service works on a command at most. */
  static final Duration FACE_TIME = Duration.ofSeconds(20);

  /** What stays for the way to the face service and back, and for answering. */
  static final Duration RESERVE = Duration.ofSeconds(3);

  private static final Duration LAST_MOMENT = Duration.ofSeconds(2);

  private final Incoming incoming;
  private final Application application;
  private final Edge edge;

  /** A request of an application. */
  public Exchange(Incoming incoming, Application application, Edge edge) {
    this.incoming = incoming;
    this.application = application;
    this.edge = edge;
  }

  /** Whose request it is. */
  public Application application() {
    return application;
  }

  /**
   * The request's JSON object.
   *
   * @throws dev.facet.core.faults.InvalidRequest if it has none
   */
  public JsonBody body() {
    return JsonBody.parse(incoming.request().body());
  }

  /**
   * The subject that the path or the query names.
   *
   * @throws dev.facet.core.faults.InvalidRequest if neither does
   */
  public SubjectId subject() {
    return new SubjectId(incoming.request().parameter("id"));
  }

  /** The circumstances of a command that changes nothing. */
  public Call read() {
    return call(random(), "");
  }

  /**
   * The circumstances of a command that changes something.
   *
   * @param decoded all that the command is made of: the same operation with other content is no
   *     repeat
   */
  public Call write(String... decoded) {
    return call(operation(), HexFormat.of().formatHex(Digest.of(decoded)));
  }

  /** When the answer has to be ready, at the latest: 2 s before the gateway's patience ends. */
  public Instant answerBy() {
    return edge.clock()
        .instant()
        .plusMillis(incoming.context().getRemainingTimeInMillis())
        .minus(LAST_MOMENT);
  }

  private Call call(OperationId operation, String digest) {
    return new Call(application, operation, digest, deadline(), incoming.correlationId());
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
