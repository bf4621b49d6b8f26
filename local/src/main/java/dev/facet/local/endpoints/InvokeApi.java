package dev.facet.local.endpoints;

import dev.facet.local.http.RawRequest;
import dev.facet.local.http.RawRequest.Header;
import dev.facet.local.http.Response;
import dev.facet.local.lambda.Lambda;
import dev.facet.local.lambda.isolated.InvocationResult;
import dev.facet.local.lambda.isolated.InvocationResult.Answered;
import dev.facet.local.lambda.isolated.InvocationResult.Ended;
import dev.facet.local.lambda.isolated.InvocationResult.Threw;
import dev.facet.local.lambda.isolated.InvocationResult.Throttled;
import dev.facet.local.lambda.isolated.InvocationResult.TimedOut;
import dev.facet.local.lambda.isolated.IsolatedLambda;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lambda's operation {@code Invoke}, synchronous.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 */
final class InvokeApi implements SignedEndpoint.Service {

  private static final Pattern PATH =
      Pattern.compile("/2015-03-31/functions/(?<name>[A-Za-z0-9_.-]+)/invocations");
  private static final String TRACE = "X-Amzn-Trace-Id";

  private final IsolatedLambda lambda;

  InvokeApi(IsolatedLambda lambda) {
    this.lambda = lambda;
  }

  @Override
  public Response handle(RawRequest request) {
    Matcher path = PATH.matcher(request.path());
    if (!path.matches()) {
      return SignedEndpoint.error(
          400, "UnknownOperationException", "This operation is not supported.");
    }
    if (request.body().length > Lambda.MAX_PAYLOAD_BYTES) {
      return SignedEndpoint.error(
          413,
          "RequestTooLargeException",
          "Request must be smaller than %d bytes for the InvokeFunction operation"
              .formatted(Lambda.MAX_PAYLOAD_BYTES));
    }
    String trace = request.first(TRACE).orElseGet(lambda::trace);
    return lambda
        .run(path.group("name"), request.body(), trace)
        .map(InvokeApi::response)
        .orElseGet(
            () ->
                SignedEndpoint.error(
                    404, "ResourceNotFoundException", "Function not found: " + path.group("name")));
  }

  private static Response response(InvocationResult outcome) {
    return switch (outcome) {
      case Answered(byte[] reply) -> Response.of(200, "application/json", reply);
      case Threw(byte[] error) -> error(error);
      case Throttled _ -> SignedEndpoint.error(429, "TooManyRequestsException", "Rate Exceeded.");
      case Ended ended -> error(ended.error());
      case TimedOut timedOut -> error(timedOut.error());
    };
  }

  private static Response error(byte[] error) {
    return new Response(
        200,
        List.of(
            new Header("Content-Type", "application/json"),
            new Header("X-Amz-Function-Error", "Unhandled")),
        error);
  }
}
