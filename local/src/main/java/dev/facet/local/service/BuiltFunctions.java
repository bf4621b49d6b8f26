package dev.facet.local.service;

import dev.facet.local.lambda.isolated.LaunchCommand;
import dev.facet.local.lambda.isolated.LaunchCommand.ClassPath;
import dev.facet.local.lambda.isolated.LaunchCommand.EntryPoint;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The build artefacts of functions that run in separate processes.
 *
 * @param handlers the API's functions: their jar, their layer and the runtime interface client
 * @param keys the function that repairs keys: its jar and layer, then the same
 * @param face the face function
 * @param faceOptions options of its JVM
 * @param bundles the folders of the model bundles, that of new galleries first
 */
public record BuiltFunctions(
    LaunchCommand handlers,
    LaunchCommand keys,
    LaunchCommand face,
    List<String> faceOptions,
    List<Path> bundles) {

  /** Copies the lists. */
  public BuiltFunctions {
    faceOptions = List.copyOf(faceOptions);
    bundles = List.copyOf(bundles);
  }

  /**
   * Returns exactly the files that are deployed: the API functions' zip and layer, and the folder
   * that the face function's container image is built from, with its entry point.
   *
   * @param home the folder in which Facet was built
   */
  public static BuiltFunctions built(Path home, List<Path> bundles) {
    Path api = home.resolve("functions/api/target");
    Path repair = home.resolve("functions/keys/target");
    Path image = home.resolve("functions/face/target/image");
    String handlers =
        Stream.of(
                jars(api, jar -> jar.startsWith("facet-api-") && !jar.endsWith("-tests.jar")),
                jars(api.resolve("layer/java/lib"), jar -> true),
                jars(image.resolve("lib"), BuiltFunctions::isRuntime))
            .collect(Collectors.joining(File.pathSeparator));
    String keys =
        String.join(
            File.pathSeparator,
            jars(repair, jar -> jar.startsWith("facet-keys-")),
            jars(repair.resolve("layer/java/lib"), jar -> true),
            handlers);
    // the image's folder of native libraries exists in the image alone
    Path natives = Path.of(System.getProperty("user.home"), ".javacpp", "cache");
    return new BuiltFunctions(
        new ClassPath(handlers),
        new ClassPath(keys),
        new EntryPoint(image.resolve("start")),
        List.of("-Dorg.bytedeco.javacpp.cachedir=" + natives),
        bundles);
  }

  private static boolean isRuntime(String jar) {
    return jar.startsWith("aws-lambda-java-runtime-interface-client-")
        || jar.startsWith("aws-lambda-java-serialization-");
  }

  private static String jars(Path folder, Predicate<String> accepted) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .filter(file -> accepted.test(file.getFileName().toString()))
          .map(Path::toString)
          .sorted()
          .collect(Collectors.joining(File.pathSeparator));
    } catch (IOException e) {
      throw new UncheckedIOException("The functions are not built: %s.".formatted(folder), e);
    }
  }
}
