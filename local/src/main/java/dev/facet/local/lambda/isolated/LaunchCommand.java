package dev.facet.local.lambda.isolated;

import dev.facet.aws.FunctionEnvironment;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A program that runs a function's handler under AWS's runtime interface client. */
public sealed interface LaunchCommand {

  /**
   * Returns the command that starts the program, for an environment with a Runtime API.
   *
   * @param options JVM options
   * @param handler the handler's class name
   */
  List<String> command(List<String> options, String handler);

  /** Returns the elements of the class path, in order. */
  List<Path> jars();

  /** Returns the environment variables that the program needs besides the function's. */
  Map<String, String> environment();

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /**
   * A JVM with a class path, as Lambda starts one for a function that is a zip.
   *
   * @param path the function's artefact, its layers' jars and the runtime interface client's, in
   *     this order
   */
  record ClassPath(String path) implements LaunchCommand {

    private static final String CLIENT =
        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    @Override
    public List<String> command(List<String> options, String handler) {
      List<String> command = new ArrayList<>(List.of(LaunchCommand.java()));
      command.addAll(options);
      command.addAll(List.of("-cp", path, CLIENT, handler));
      return command;
    }

    @Override
    public List<Path> jars() {
      return Arrays.stream(path.split(File.pathSeparator)).map(Path::of).toList();
    }

    @Override
    public Map<String, String> environment() {
      return Map.of();
    }
  }

  /**
   * A container image's entry point, which adds JVM options and the class path itself.
   *
   * @param script a shell script; the image's files lie beside it
   */
  record EntryPoint(Path script) implements LaunchCommand {

    @Override
    public List<String> command(List<String> options, String handler) {
      List<String> command = new ArrayList<>(List.of("/bin/sh", script.toString()));
      command.addAll(options);
      command.add(handler);
      return command;
    }

    @Override
    public List<Path> jars() {
      try (Stream<Path> files = Files.list(script.resolveSibling("lib"))) {
        return files.sorted().toList();
      } catch (IOException e) {
        throw new UncheckedIOException("The function's image is not built.", e);
      }
    }

    @Override
    public Map<String, String> environment() {
      return Map.of(FunctionEnvironment.JAVA, LaunchCommand.java());
    }
  }
}
