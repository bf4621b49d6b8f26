package dev.facet.aws.faces;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.facet.aws.AwsClients;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.faults.TransientFault.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

class LambdaFaceTransportTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final byte[] COMMAND = {1, 2, 3};

  private final List<InvokeRequest> sent = new ArrayList<>();

  @Test
  void the_command_goes_to_the_function_and_its_reply_comes_back() {
    byte[] reply = on(request -> reply("done").build()).exchange(COMMAND, NOW.plusSeconds(20));

    assertThat(reply).isEqualTo("done".getBytes(UTF_8));
    assertThat(sent.getFirst().functionName()).isEqualTo("face:live");
    assertThat(sent.getFirst().invocationTypeAsString()).isEqualTo("RequestResponse");
    assertThat(sent.getFirst().payload().asByteArray()).isEqualTo(COMMAND);
  }

  @Test
  void the_reply_is_waited_for_a_little_longer_than_the_functions_deadline() {
    on(request -> reply("done").build()).exchange(COMMAND, NOW.plusSeconds(20));

    assertThat(sent.getFirst().overrideConfiguration().orElseThrow().apiCallTimeout())
        .contains(Duration.ofSeconds(22));
  }

  @Test
  void nothing_is_sent_when_no_time_is_left_or_the_command_is_too_large() {
    LambdaFaceTransport transport = on(request -> reply("done").build());

    failsFor(Kind.TIMEOUT, transport, NOW);
    assertThatThrownBy(() -> transport.exchange(new byte[6 * 1024 * 1024 + 1], NOW.plusSeconds(20)))
        .isInstanceOf(InvalidRequest.class);
    assertThat(sent).isEmpty();
  }

  /** The SDK's real client over its HTTP client, against what Lambda's Invoke API says. */
  @Test
  void the_sdks_client_speaks_the_invoke_api() throws IOException {
    HttpServer lambda = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    List<String> asked = new CopyOnWriteArrayList<>();
    lambda.createContext(
        "/2015-03-31/functions/face:live/invocations",
        exchange -> {
          asked.add(exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type"));
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("X-Amz-Executed-Version", "1");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    lambda.start();
    try (LambdaClient client = clientAt("http://127.0.0.1:" + lambda.getAddress().getPort())) {
      byte[] reply =
          new LambdaFaceTransport(client, "face:live", () -> NOW)
              .exchange(COMMAND, NOW.plusSeconds(20));

      assertThat(reply).isEqualTo(COMMAND);
      assertThat(asked).containsExactly("RequestResponse");
    } finally {
      lambda.stop(0);
    }
  }

  /** The CRT tells both in different ways; a name under {@code .invalid} never resolves. */
  @Test
  void a_service_out_of_reach_may_be_there_the_next_time() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    for (String endpoint : List.of("http://127.0.0.1:" + closed, "http://nowhere.invalid")) {
      try (LambdaClient client = clientAt(endpoint)) {
        failsFor(Kind.UNAVAILABLE, new LambdaFaceTransport(client, "face:live", () -> NOW));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Sandbox.Timedout, TIMEOUT",
    "Runtime.ExitError, UNAVAILABLE",
    "Runtime.OutOfMemory, UNAVAILABLE",
    "'', UNAVAILABLE"
  })
  void a_function_that_ended_may_work_the_next_time(String errorType, Kind kind) {
    LambdaFaceTransport transport =
        on(
            request ->
                reply("{\"errorType\":\"" + errorType + "\"}").functionError("Unhandled").build());

    failsFor(kind, transport, NOW.plusSeconds(20));
  }

  @Test
  void a_function_that_threw_is_a_defect() {
    LambdaFaceTransport transport =
        on(
            request ->
                reply("{\"errorType\":\"java.lang.NullPointerException\",\"errorMessage\":\"x\"}")
                    .functionError("Unhandled")
                    .build());

    assertThatThrownBy(() -> transport.exchange(COMMAND, NOW.plusSeconds(20)))
        .isInstanceOf(InternalFault.class)
        .hasMessage("The face function failed: java.lang.NullPointerException");
  }

  @Test
  void what_lambda_refuses_for_now_may_pass() {
    failsFor(
        Kind.NO_CAPACITY, throwing(TooManyRequestsException.builder().statusCode(429).build()));
    failsFor(
        Kind.UNAVAILABLE, throwing(ResourceConflictException.builder().statusCode(409).build()));
    failsFor(Kind.TIMEOUT, throwing(ApiCallTimeoutException.create(22_000)));
    failsFor(Kind.UNAVAILABLE, throwing(SdkClientException.create("connection refused")));
    failsFor(Kind.UNAVAILABLE, throwing(LambdaException.builder().statusCode(502).build()));
  }

  @Test
  void what_lambda_refuses_for_good_is_a_fault_of_ours_or_of_the_caller() {
    RuntimeException unknown =
        ResourceNotFoundException.builder()
            .statusCode(404)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode("ResourceNotFound").build())
            .build();
    assertThatThrownBy(() -> throwing(unknown).exchange(COMMAND, NOW.plusSeconds(20)))
        .isInstanceOf(InternalFault.class);
    RuntimeException large = RequestTooLargeException.builder().statusCode(413).build();
    assertThatThrownBy(() -> throwing(large).exchange(COMMAND, NOW.plusSeconds(20)))
        .isInstanceOf(InvalidRequest.class);
  }

  private static void failsFor(Kind kind, LambdaFaceTransport transport) {
    failsFor(kind, transport, NOW.plusSeconds(20));
  }

  private static void failsFor(Kind kind, LambdaFaceTransport transport, Instant deadline) {
    assertThatThrownBy(() -> transport.exchange(COMMAND, deadline))
        .isInstanceOfSatisfying(
            TransientFault.class, fault -> assertThat(fault.kind()).isEqualTo(kind));
  }

  private static LambdaClient clientAt(String endpoint) {
    return AwsClients.lambda()
        .endpointOverride(URI.create(endpoint))
        .region(Region.AP_SOUTHEAST_2)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")))
        .build();
  }

  private static InvokeResponse.Builder reply(String payload) {
    return InvokeResponse.builder().payload(SdkBytes.fromUtf8String(payload));
  }

  private LambdaFaceTransport throwing(RuntimeException failure) {
    return on(
        request -> {
          throw failure;
        });
  }

  private LambdaFaceTransport on(Function<InvokeRequest, InvokeResponse> lambda) {
    LambdaClient client =
        new LambdaClient() {
          @Override
          public InvokeResponse invoke(InvokeRequest request) {
            sent.add(request);
            return lambda.apply(request);
          }

          @Override
          public String serviceName() {
            return "lambda";
          }

          @Override
          public void close() {}
        };
    return new LambdaFaceTransport(client, "face:live", () -> NOW);
  }
}
