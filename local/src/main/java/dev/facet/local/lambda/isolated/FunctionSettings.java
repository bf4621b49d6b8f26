package dev.facet.local.lambda.isolated;

import dev.facet.local.lambda.Lambda.Timeouts;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a function is run.
 *
 * @param name what it is invoked by
 * @param handler its class
 * @param program what runs its handler
 * @param jvmOptions how its JVM runs it
 * @param environment its settings, and where the services are that it uses
 * @param megabytes what it is told of its memory
 * @param timeouts for it, from when it has an event; and for its caller, from the invocation
 * @param mostProcesses how many events it handles at once; others wait
 */
public record FunctionSettings(
    String name,
    String handler,
    Program program,
    List<String> jvmOptions,
    Map<String, String> environment,
    int megabytes,
    Timeouts timeouts,
    int mostProcesses) {

  /** Copies the collections. */
  public FunctionSettings {
    jvmOptions = List.copyOf(jvmOptions);
    environment = Map.copyOf(environment);
  }

  /**
   * What starts it, where there is a Runtime API.
   *
   * @param more options for its JVM, besides its own
   */
  public List<String> command(List<String> more) {
    return program.command(Stream.concat(jvmOptions.stream(), more.stream()).toList(), handler);
  }

  /** Its name as others refer to it. */
  String arn() {
    return "arn:aws:lambda:us-east-1:000000000000:function:" + name;
  }

  @Override
  public String toString() {
    return "FunctionSettings[" + name + "]";
  }
}
