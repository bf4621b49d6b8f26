package dev.facet.api.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.api.http.Endpoint;
import dev.facet.api.http.Exchange;
import dev.facet.api.http.Incoming;
import dev.facet.api.http.JsonBody;
import dev.facet.api.http.Reply;
import dev.facet.api.http.Request;
import dev.facet.api.http.Services;
import dev.facet.core.applications.Application;
import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faces.FaceCommand;
import dev.facet.core.faults.Fault;
import dev.facet.core.keys.Admission;
import dev.facet.core.keys.ApiKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint of {@code /node}: it takes the API key from the header {@code x-api-key} or from the
 * body's {@code api_key}, holds it to its usage plan, and answers in the name of its application.
 */
public abstract class NodeEndpoint extends Endpoint {

  private final Services services;

  /** An endpoint on these services. */
  protected NodeEndpoint(Services services) {
    super(services.edge());
    this.services = services;
  }

  /**
   * Answers a request of a known application.
   *
   * @throws Fault any; it becomes the answer that {@code /node} has for it
   */
  protected abstract Reply answer(NodeExchange exchange);

  /** The answer to a key that is not accepted. */
  Reply badKey() {
    return NodeReplies.refused(403, -1, "Invalid api key");
  }

  /** Gives the face service a command. */
  protected final <A extends FaceAnswer> A ask(FaceCommand<A> command) {
    return services.faces().answer(command);
  }

  /** What the endpoints work with. */
  final Services services() {
    return services;
  }

  @Override
  protected final Reply reply(Fault fault) {
    return NodeReplies.to(fault);
  }

  @Override
  protected final Reply answer(Incoming incoming) {
    Request request = incoming.request();
    if (request.isLargerThan(services.edge().settings().bodyBytes())) {
      return Reply.TOO_LONG;
    }
    JsonBody body = body(request);
    Optional<ApiKey> key = key(request.header("x-api-key"), body.find("api_key").orElse(null));
    if (key.isEmpty()) {
      return NodeReplies.refused(400, -1, "Missing api key");
    }
    Optional<Admission> admission = services.authenticator().admission(key.get(), request.caller());
    if (admission.isEmpty()) {
      return badKey();
    }
    Application application = admission.get().application();
    incoming.log().with("applicationId", application.id().toString());
    return switch (services.node().metering().admit(admission.get())) {
      case ADMITTED -> {
        Exchange exchange = new Exchange(incoming, application, services.edge());
        yield answer(
            new NodeExchange(incoming, exchange, body, key.get(), services.node().ciphers()));
      }
      case THROTTLED -> NodeReplies.refused(429, -1, "Too Many Requests");
      case QUOTA_SPENT -> NodeReplies.refused(429, -1, "Limit Exceeded");
    };
  }

  /** No body is an object without properties: the key may be in the header. */
  private static JsonBody body(Request request) {
    byte[] bytes = request.body();
    return bytes.length == 0 ? JsonBody.EMPTY : JsonBody.parse(bytes);
  }

  /** The key that was given; one that can't be known if two differ, or if it is no text. */
  private static Optional<ApiKey> key(@Nullable String inHeader, @Nullable JsonNode inBody) {
    String header = inHeader == null ? "" : inHeader;
    String body = inBody == null ? "" : inBody.isTextual() ? inBody.textValue() : "?";
    if (header.isEmpty() && body.isEmpty()) {
      return Optional.empty();
    }
    if (header.isEmpty() || body.isEmpty()) {
      return Optional.of(new ApiKey(header + body));
    }
    return Optional.of(new ApiKey(header.equals(body) ? header : "?"));
  }
}
