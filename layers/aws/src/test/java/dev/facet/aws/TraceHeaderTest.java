package dev.facet.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/**
 * A trace goes on where a function calls another or queues a job. Lambda's runtime client tells it
 * by a system property, and the SDK sends it as {@code X-Amzn-Trace-Id} wherever the environment is
 * Lambda's; SQS takes that header for the message's {@code AWSTraceHeader}. No X-Ray SDK is needed,
 * and none is here; what could be lost is the SDK's interceptor.
 */
final class TraceHeaderTest {

  private static final String TRACE =
      "Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=1";

  @Test
  void messages_and_invocations_carry_the_senders_trace() throws Exception {
    Map<String, String> traces = new ConcurrentHashMap<>();
    HttpServer aws = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    aws.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          String service =
              exchange.getRequestURI().getPath().contains("/functions/") ? "lambda" : "sqs";
          traces.put(
              service, String.valueOf(exchange.getRequestHeaders().getFirst("X-Amzn-Trace-Id")));
          exchange.sendResponseHeaders(400, -1);
          exchange.close();
        });
    aws.start();
    try {
      assertThat(call("http://127.0.0.1:" + aws.getAddress().getPort())).isZero();
      assertThat(traces).isEqualTo(Map.of("lambda", TRACE, "sqs", TRACE));
    } finally {
      aws.stop(0);
    }
  }

  /** In a process of its own: the SDK reads Lambda's environment. */
  private static int call(String endpoint) throws Exception {
    ProcessBuilder process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dcom.amazonaws.xray.traceHeader=" + TRACE,
                "-cp",
                System.getProperty("java.class.path"),
                TracedCalls.class.getName(),
                endpoint)
            .inheritIO();
    process.environment().put("AWS_LAMBDA_FUNCTION_NAME", "enrol");
    return process.start().waitFor();
  }
}
