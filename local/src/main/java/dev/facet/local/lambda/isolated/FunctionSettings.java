package dev.facet.local.lambda.isolated;

import dev.facet.local.lambda.Lambda.Timeouts;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The settings of a function that runs in separate processes.
 *
 * @param name the name under which it is invoked
 * @param handler the handler's class name
 * @param program runs the handler
 * @param jvmOptions options of its JVM
 * @param environment its settings and the endpoints of the services that it uses
 * @param megabytes the memory size that its environment states
 * @param timeouts the function's, from when it has an event, and its caller's, from the invocation
 * @param maxProcesses the maximum number of concurrent events; further events wait
 */
public record FunctionSettings(
    String name,
    String handler,
    LaunchCommand program,
    List<String> jvmOptions,
    Map<String, String> environment,
    int megabytes,
    Timeouts timeouts,
    int maxProcesses) {

  /** Copies the collections. */
  public FunctionSettings {
    jvmOptions = List.copyOf(jvmOptions);
    environment = Map.copyOf(environment);
  }

  /**
   * Returns the command that starts the function, for an environment with a Runtime API.
   *
   * @param more JVM options besides the function's
   */
  public List<String> command(List<String> more) {
    return program.command(Stream.concat(jvmOptions.stream(), more.stream()).toList(), handler);
  }

  /** Returns the function's ARN, in a placeholder account and region. */
  String arn() {
    return "arn:aws:lambda:us-east-1:000000000000:function:" + name;
  }

  @Override
  public String toString() {
    return "FunctionSettings[" + name + "]";
  }
}
