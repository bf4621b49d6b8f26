package dev.facet.local.lambda.isolated;

import dev.facet.local.http.LoopbackServer;
import dev.facet.local.http.RawRequest;
import dev.facet.local.http.RawRequest.Header;
import dev.facet.local.http.Response;
import dev.facet.local.lambda.Lambda;
import dev.facet.local.lambda.isolated.InvocationResult.Answered;
import dev.facet.local.lambda.isolated.InvocationResult.Threw;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lambda's Runtime API for processes on this machine. The paths of each process begin with a random
 * name, so that no other process can fetch its events or answer them.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Using the Lambda
 *     runtime API</a>
 */
final class RuntimeServer implements AutoCloseable {

  private static final Pattern PATH =
      Pattern.compile(
          "/(?<session>[^/]+)/2018-06-01/runtime/"
              + "(?:invocation/(?<next>next)|invocation/(?<id>[^/]+)/(?<what>response|error)"
              + "|(?<init>init)/error)");

  private final Map<String, RuntimeSession> sessions = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final LoopbackServer server;

  RuntimeServer(InstantSource clock) {
    this.clock = clock;
    this.server = LoopbackServer.start("runtime", Lambda.MAX_PAYLOAD_BYTES + 1, new Guard());
  }

  /**
   * Registers a process.
   *
   * @return the value of its variable {@code AWS_LAMBDA_RUNTIME_API}
   */
  String admit(RuntimeSession session) {
    String name = UUID.randomUUID().toString();
    sessions.put(name, session);
    return server.address() + "/" + name;
  }

  /** Removes a process that has ended. */
  void forget(RuntimeSession session) {
    sessions.values().remove(session);
  }

  /** Passes on the requests of admitted processes. */
  private final class Guard implements LoopbackServer.Responder {

    @Override
    public Optional<Response> refuse(RawRequest head) {
      Matcher path = PATH.matcher(head.path());
      return path.matches() && sessions.containsKey(path.group("session"))
          ? Optional.empty()
          : Optional.of(forbidden());
    }

    @Override
    public Response handle(RawRequest request) throws InterruptedException {
      Matcher path = PATH.matcher(request.path());
      RuntimeSession session = path.matches() ? sessions.get(path.group("session")) : null;
      return session == null ? forbidden() : answer(session, path, request);
    }

    private static Response forbidden() {
      return Response.json(403, "{\"errorType\":\"Forbidden\"}");
    }
  }

  private Response answer(RuntimeSession session, Matcher path, RawRequest request)
      throws InterruptedException {
    if (path.group("next") != null) {
      return next(session);
    }
    if (path.group("init") != null) {
      session.failed(new Threw(request.body()));
      return accepted();
    }
    return settled(session, path, request.body());
  }

  /**
   * Waits for the next event. Every response has a content type, because AWS's native client
   * crashes without one.
   */
  private Response next(RuntimeSession session) throws InterruptedException {
    return session
        .next()
        .map(request -> handed(session.function(), request))
        .orElseGet(() -> Response.json(410, "{\"errorType\":\"Gone\"}"));
  }

  private Response handed(FunctionSettings function, InvocationRequest request) {
    long deadline = clock.instant().plus(function.timeouts().function()).toEpochMilli();
    return new Response(
        200,
        List.of(
            new Header("Content-Type", "application/json"),
            new Header("Lambda-Runtime-Aws-Request-Id", request.requestId().toString()),
            new Header("Lambda-Runtime-Deadline-Ms", Long.toString(deadline)),
            new Header("Lambda-Runtime-Invoked-Function-Arn", function.arn()),
            new Header("Lambda-Runtime-Trace-Id", request.trace())),
        request.event());
  }

  private static Response settled(RuntimeSession session, Matcher path, byte[] body) {
    boolean tooLarge = body.length > Lambda.MAX_PAYLOAD_BYTES;
    InvocationResult outcome;
    if (tooLarge) {
      outcome =
          Threw.of(
              "Function.ResponseSizeTooLarge",
              "Response payload size exceeded maximum allowed payload size (%d bytes)."
                  .formatted(Lambda.MAX_PAYLOAD_BYTES));
    } else if (path.group("what").equals("error")) {
      outcome = new Threw(body);
    } else {
      outcome = new Answered(body);
    }
    if (!session.settle(path.group("id"), outcome)) {
      return Response.json(400, "{\"errorType\":\"InvalidRequestID\"}");
    }
    return tooLarge ? Response.json(413, "{\"errorType\":\"RequestEntityTooLarge\"}") : accepted();
  }

  private static Response accepted() {
    return Response.json(202, "{\"status\":\"OK\"}");
  }

  @Override
  public void close() {
    server.close();
  }
}
