package dev.facet.infra;

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
 * What the build made and the stack deploys.
 *
 * @param handlers the API functions' jar
 * @param libraries the folder of the layer that they share
 * @param repair the jar of the function that repairs keys
 * @param repairLibraries the folder of the layer that it needs besides
 * @param faceImage the folder that the face function's image is built from, its Dockerfile included
 * @param specification {@code openapi.yaml}
 */
record Artefacts(
    Path handlers,
    Path libraries,
    Path repair,
    Path repairLibraries,
    Path faceImage,
    Path specification) {

  private static final Pattern NATIVE = Pattern.compile("^opencv-.*-linux-(x86_64|arm64)\\.jar$");

  /** Those of a repository in which {@code mvn package} ran. */
  static Artefacts builtIn(Path root) {
    return new Artefacts(
        root.resolve("functions/api/target/facet-api-1.0.0-SNAPSHOT.jar"),
        root.resolve("functions/api/target/layer"),
        root.resolve("functions/keys/target/facet-keys-1.0.0-SNAPSHOT.jar"),
        root.resolve("functions/keys/target/layer"),
        root.resolve("functions/face/target/image"),
        root.resolve("openapi.yaml"));
  }

  /**
   * Looks whether everything is there, and made for a processor: what is not would be noticed only
   * when the image is built, or by the first request.
   *
   * @throws IllegalStateException saying what to do
   */
  void check(Settings.Processor processor) {
    for (Path made : List.of(handlers, libraries, repair, repairLibraries, faceImage)) {
      if (!Files.exists(made)) {
        throw new IllegalStateException(made + " is not there; " + how(processor));
      }
    }
    if (!natives().equals(Set.of(classifier(processor)))) {
      throw new IllegalStateException(
          "the face function was built for %s, and the setting processor is %s; %s"
              .formatted(natives(), processor.name().toLowerCase(Locale.ROOT), how(processor)));
    }
  }

  /** The processors that the image's natives are for. */
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

  private static String classifier(Settings.Processor processor) {
    return switch (processor) {
      case X86_64 -> "x86_64";
      case ARM64 -> "arm64";
    };
  }

  /** The profile is on by itself where Maven runs on such a processor. */
  private static String how(Settings.Processor processor) {
    String profile =
        switch (processor) {
          case X86_64 -> "'!arm64'";
          case ARM64 -> "arm64";
        };
    return "build it: mvn -P %s -Dmaven.test.skip -pl infra-cdk -am clean package"
        .formatted(profile);
  }
}
