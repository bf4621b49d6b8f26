package dev.facet.local.lambda.isolated;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A function that does what its event tells it, in a process of its own. */
public final class Trial implements RequestHandler<Map<String, String>, Map<String, String>> {

  /** Begins, unless a file that its environment names tells it not to. */
  public Trial() {
    String broken = System.getenv("TRIAL_BROKEN");
    if (broken != null && Files.exists(Path.of(broken))) {
      throw new IllegalStateException("it can't begin");
    }
  }

  @Override
  public Map<String, String> handleRequest(Map<String, String> event, Context context) {
    String size = event.getOrDefault("size", "");
    return switch (event.getOrDefault("do", "")) {
      case "crash" -> {
        Runtime.getRuntime().halt(3);
        yield Map.of();
      }
      case "throw" -> throw new IllegalArgumentException("as it was told");
      case "wait" -> {
        pause(Long.parseLong(event.get("millis")));
        yield described(context);
      }
      case "part" -> {
        Runtime.getRuntime().addShutdownHook(new Thread(Trial::part));
        yield Map.of();
      }
      case "fill" -> Map.of("filling", "x".repeat(Integer.parseInt(size)));
      default -> described(context);
    };
  }

  private static Map<String, String> described(Context context) {
    Map<String, String> described = new TreeMap<>();
    described.put("pid", Long.toString(ProcessHandle.current().pid()));
    described.put("requestId", context.getAwsRequestId());
    described.put("arn", context.getInvokedFunctionArn());
    described.put("left", Integer.toString(context.getRemainingTimeInMillis()));
    described.put("trace", System.getProperty("com.amazonaws.xray.traceHeader", ""));
    described.put(
        "client",
        System.getProperty(
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI", ""));
    described.put("variables", String.join(",", System.getenv().keySet()));
    return described;
  }

  /** Takes as long as a JVM does that has something to write before it ends. */
  private static void part() {
    pause(300);
    System.out.println("farewell");
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
