package dev.facet.infra;

import dev.facet.core.bundle.BundleManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The outputs of the build that the stack deploys.
 *
 * @param handlers the jar of the API functions
 * @param libraries the folder of their shared layer
 * @param repair the jar of the function that repairs keys
 * @param repairLibraries the folder of its additional layer
 * @param faceImage the build context of the face function's image, including the Dockerfile
 */
record DeployedArtefacts(
    Path handlers, Path libraries, Path repair, Path repairLibraries, Path faceImage) {

  private static final Pattern NATIVE = Pattern.compile("^opencv-.*-linux-(x86_64|arm64)\\.jar$");

  /** Returns the outputs in a repository in which {@code mvn package} ran. */
  static DeployedArtefacts builtIn(Path root) {
    return new DeployedArtefacts(
        root.resolve("functions/api/target/facet-api-1.0.0-SNAPSHOT.jar"),
        root.resolve("functions/api/target/layer"),
        root.resolve("functions/keys/target/facet-keys-1.0.0-SNAPSHOT.jar"),
        root.resolve("functions/keys/target/layer"),
        root.resolve("functions/face/target/image"));
  }

  /**
   * Checks that every output exists, that the image contains the bundles and that the natives fit
   * the processor. Otherwise the error would appear only when the image is built, or on the first
   * request.
   *
   * @param bundles the ids of the model bundles that the face function serves
   * @throws IllegalStateException if not; the message contains the command to run
   */
  void check(DeploymentSettings.Processor processor, List<String> bundles) {
    Stream<Path> manifests =
        bundles.stream()
            .map(id -> faceImage.resolve("bundles").resolve(id).resolve(BundleManifest.FILE));
    Stream<Path> outputs = Stream.of(handlers, libraries, repair, repairLibraries);
    for (Path made : Stream.concat(outputs, manifests).toList()) {
      if (!Files.exists(made)) {
        throw new IllegalStateException(made + " is not there; " + buildCommand(processor));
      }
    }
    if (!natives().equals(Set.of(classifier(processor)))) {
      throw new IllegalStateException(
          "the face function was built for %s, and the setting processor is %s; %s"
              .formatted(
                  natives(), processor.name().toLowerCase(Locale.ROOT), buildCommand(processor)));
    }
  }

  /** Returns the processors of the image's native libraries. */
  private Set<String> natives() {
    try (Stream<Path> jars = Files.list(faceImage.resolve("lib"))) {
      return jars.map(jar -> NATIVE.matcher(jar.getFileName().toString()))
          .filter(Matcher::find)
          .map(jar -> jar.group(1))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String classifier(DeploymentSettings.Processor processor) {
    return switch (processor) {
      case X86_64 -> "x86_64";
      case ARM64 -> "arm64";
    };
  }

  /** Returns the command to run. Maven activates the profile by default on such a processor. */
  private static String buildCommand(DeploymentSettings.Processor processor) {
    String profile =
        switch (processor) {
          case X86_64 -> "'!arm64'";
          case ARM64 -> "arm64";
        };
    return "build it: mvn -P %s -Dmaven.test.skip -pl infra-cdk -am clean package"
        .formatted(profile);
  }
}
