package dev.facet.aws.faces;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facet.core.faces.wire.FaceTransport;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.Fault;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.faults.TransientFault.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;

/** {@link FaceTransport} that invokes the face function synchronously. */
public final class LambdaFaceTransport implements FaceTransport {

  /** Lambda's limit for the payload of a synchronous invocation, in bytes. */
  private static final int MAX_BYTES = 6 * 1024 * 1024;

  private static final JsonMapper JSON = new JsonMapper();

  private final LambdaClient client;
  private final String function;
  private final InstantSource clock;

  /**
   * @param client must not retry: the sender of a command decides on retries
   * @param function name or ARN, with the alias to use
   * @param clock the time for deadlines
   */
  public LambdaFaceTransport(LambdaClient client, String function, InstantSource clock) {
    this.client = client;
    this.function = function;
    this.clock = clock;
  }

  @Override
  public byte[] exchange(byte[] command, Instant deadline) {
    if (command.length > MAX_BYTES) {
      throw tooLarge();
    }
    Duration left = Duration.between(clock.instant(), deadline);
    if (!left.isPositive()) {
      throw new TransientFault(Kind.TIMEOUT, "No time is left for the face function.");
    }
    InvokeResponse response = invoke(command, left.plus(REPLY_TIME));
    if (response.functionError() != null) {
      throw failure(response.payload());
    }
    return response.payload().asByteArrayUnsafe();
  }

  private InvokeResponse invoke(byte[] command, Duration timeout) {
    try {
      return client.invoke(
          InvokeRequest.builder()
              .functionName(function)
              .invocationType(InvocationType.REQUEST_RESPONSE)
              .payload(SdkBytes.fromByteArrayUnsafe(command))
              .overrideConfiguration(
                  limits -> limits.apiCallTimeout(timeout).apiCallAttemptTimeout(timeout))
              .build());
    } catch (SdkException e) {
      throw refusal(e);
    }
  }

  /** Returns the fault of an invocation that Lambda did not run. */
  private static Fault refusal(SdkException e) {
    return switch (e) {
      case ApiCallTimeoutException _, ApiCallAttemptTimeoutException _ ->
          new TransientFault(Kind.TIMEOUT, "The face function did not answer in time.", e);
      case RequestTooLargeException _ -> tooLarge();
      case AwsServiceException answered when answered.isThrottlingException() ->
          new TransientFault(Kind.NO_CAPACITY, "The face function is at its limit.", e);
      case ResourceConflictException changing ->
          new TransientFault(Kind.UNAVAILABLE, "The face function is being changed.", changing);
      case AwsServiceException answered when answered.statusCode() < 500 ->
          new InternalFault("Lambda refused to invoke the face function.", e);
      default -> new TransientFault(Kind.UNAVAILABLE, "The face function can't be reached.", e);
    };
  }

  /**
   * Returns the fault of an invocation without a reply from the function. Lambda reports its time
   * limit and crashes of the runtime under types that begin with {@code Sandbox.} and {@code
   * Runtime.}; any other type is an exception that the function threw.
   */
  private static Fault failure(SdkBytes payload) {
    String type = parse(payload).path("errorType").asText();
    if (type.equals("Sandbox.Timedout")) {
      return new TransientFault(Kind.TIMEOUT, "The face function ran out of time.");
    }
    if (type.isEmpty() || type.startsWith("Sandbox.") || type.startsWith("Runtime.")) {
      return new TransientFault(Kind.UNAVAILABLE, "The face function ended: " + type);
    }
    return new InternalFault("The face function failed: " + type);
  }

  private static JsonNode parse(SdkBytes payload) {
    try {
      return JSON.readTree(payload.asByteArrayUnsafe());
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }

  private static Fault tooLarge() {
    return new InvalidRequest("The image is too large.");
  }
}
