package dev.facet.checks.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.aws.FunctionEnvironment;
import dev.facet.local.data.Json;
import dev.facet.local.lambda.isolated.FunctionSettings;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An engine on {@code sam local invoke}, which starts a container for each event. SAM passes a
 * function only the variables that its template names, so this engine writes a copy of {@code
 * template.yaml} that also names the embedded services' variables.
 */
final class SamEngine implements Engine {

  private static final String FIRST_VARIABLE = FunctionEnvironment.DATA_TABLE + ": !Ref Data";
  private static final String SERVICE = "AWS_ENDPOINT_URL_";
  private static final Pattern FOLDER =
      Pattern.compile("(Uri:|Uri: &\\w+|DockerContext:) functions/");

  /** The function that is deployed as a container image. */
  private static final String IMAGE = "Face";

  private static final String CREDENTIAL = "AWS_";

  private final Path root;
  private final Path work;
  private final List<String> options;
  private final HostFromContainers host;
  private @Nullable Path built;

  /**
   * @param root the project's folder
   * @param work the folder for intermediate files
   * @param options for {@code sam local invoke} besides the usual ones
   * @param host maps the embedded services' addresses for containers
   */
  SamEngine(Path root, Path work, List<String> options, HostFromContainers host) {
    this.root = root;
    this.work = work;
    this.options = List.copyOf(options);
    this.host = host;
  }

  @Override
  public byte[] invoke(FunctionSettings function, Path event)
      throws IOException, InterruptedException {
    Path variables = work.resolve("variables.json");
    Map<String, String> environment = new HashMap<>(host.translate(function.environment()));
    // the image contains bundles
    environment.remove(FunctionEnvironment.BUNDLES);
    Json.MAPPER.writeValue(variables.toFile(), Map.of("Parameters", environment));
    List<String> command =
        new ArrayList<>(
            List.of(
                "sam",
                "local",
                "invoke",
                logicalId(function.name()),
                "--template",
                template(function).toString(),
                "--event",
                event.toString(),
                "--env-vars",
                variables.toString()));
    command.addAll(options);
    return sam(command, function).strip().lines().reduce("", (_, line) -> line).getBytes(UTF_8);
  }

  /** Runs a command of SAM and returns its output. */
  private String sam(List<String> command, FunctionSettings function)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectError(Redirect.appendTo(work.resolve("sam.log").toFile()));
    builder.environment().put("SAM_CLI_TELEMETRY", "0");
    function.environment().entrySet().stream()
        .filter(variable -> variable.getKey().startsWith(CREDENTIAL))
        .filter(variable -> !variable.getKey().startsWith(SERVICE))
        .forEach(variable -> builder.environment().put(variable.getKey(), variable.getValue()));
    Process sam = builder.start();
    String out = new String(sam.getInputStream().readAllBytes(), UTF_8);
    if (sam.waitFor() != 0) {
      throw new IOException("%s failed: %s".formatted(command, work.resolve("sam.log")));
    }
    return out;
  }

  /** The function {@code node.PlainEnroll} is {@code PlainEnrollFunction} in the template. */
  private static String logicalId(String function) {
    return function.substring(function.lastIndexOf('.') + 1) + "Function";
  }

  @Override
  public void close() throws IOException {
    host.close();
  }

  private Path template(FunctionSettings function) throws IOException, InterruptedException {
    return function.name().equals(IMAGE) ? built(function) : source(function.environment());
  }

  /** Builds the image function with {@code sam build}, once a run, and returns the new template. */
  private Path built(FunctionSettings function) throws IOException, InterruptedException {
    if (built != null) {
      return built;
    }
    Path folder = work.resolve("built");
    List<String> command =
        new ArrayList<>(
            List.of(
                "sam",
                "build",
                logicalId(IMAGE),
                "--template",
                source(function.environment()).toString(),
                "--build-dir",
                folder.toString()));
    command.addAll(options);
    sam(command, function);
    Path template = folder.resolve("template.yaml");
    built = template;
    return template;
  }

  private Path source(Map<String, String> environment) throws IOException {
    SortedMap<String, String> services = new TreeMap<>(environment);
    services.keySet().removeIf(name -> !name.startsWith(SERVICE));
    String text = Files.readString(root.resolve("template.yaml"));
    StringBuilder template = new StringBuilder();
    for (String line : text.lines().toList()) {
      template.append(FOLDER.matcher(line).replaceFirst("$1 " + root + "/functions/")).append('\n');
      if (line.endsWith(FIRST_VARIABLE)) {
        String indent = line.substring(0, line.length() - FIRST_VARIABLE.length());
        services.keySet().forEach(name -> template.append(indent).append(name).append(": '-'\n"));
      }
    }
    Path copy = work.resolve("template.yaml");
    Files.writeString(copy, template);
    return copy;
  }
}
