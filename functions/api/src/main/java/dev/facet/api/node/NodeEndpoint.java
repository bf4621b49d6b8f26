package dev.facet.api.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.api.http.AuthenticatedRequest;
import dev.facet.api.http.Endpoint;
import dev.facet.api.http.Incoming;
import dev.facet.api.http.JsonBody;
import dev.facet.api.http.Reply;
import dev.facet.api.http.Request;
import dev.facet.api.http.Services;
import dev.facet.core.applications.Application;
import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faces.FaceCommand;
import dev.facet.core.faults.Fault;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.KeyGrant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint of {@code /node}. It takes the API key from the header {@code x-api-key} or from the
 * body's {@code api_key}, enforces the key's usage plan, and acts for the key's application.
 */
public abstract class NodeEndpoint extends Endpoint {

  private final Services services;

  /** Creates an endpoint on the given services. */
  protected NodeEndpoint(Services services) {
    super(services.edge());
    this.services = services;
  }

  /**
   * Handles an authenticated request.
   *
   * @throws Fault any fault; it becomes a {@code /node} response
   */
  protected abstract Reply answer(NodeRequest exchange);

  /** Returns the response to a key that is not accepted. */
  Reply badKey() {
    return NodeReplies.refused(403, -1, "Invalid api key");
  }

  /** Sends the face service a command and returns its answer. */
  protected final <A extends FaceAnswer> A ask(FaceCommand<A> command) {
    return services.faces().execute(command);
  }

  /** Returns the services that the endpoints use. */
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
    Optional<KeyGrant> admission = services.authenticator().admission(key.get(), request.caller());
    if (admission.isEmpty()) {
      return badKey();
    }
    Application application = admission.get().application();
    incoming.log().with("applicationId", application.id().toString());
    return switch (services.node().metering().admit(admission.get())) {
      case ADMITTED -> {
        AuthenticatedRequest exchange =
            new AuthenticatedRequest(incoming, application, services.edge());
        yield answer(
            new NodeRequest(incoming, exchange, body, key.get(), services.node().ciphers()));
      }
      case THROTTLED -> NodeReplies.refused(429, -1, "Too Many Requests");
      case QUOTA_SPENT -> NodeReplies.refused(429, -1, "Limit Exceeded");
    };
  }

  /** Parses the body; an absent one is an empty object, because the key may be in the header. */
  private static JsonBody body(Request request) {
    byte[] bytes = request.body();
    return bytes.length == 0 ? JsonBody.EMPTY : JsonBody.parse(bytes);
  }

  /** Returns the key; a malformed one if header and body differ or the body's is not text. */
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
