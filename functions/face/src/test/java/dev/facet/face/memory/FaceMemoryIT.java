package dev.facet.face.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.aws.faces.FaceMemory;
import dev.facet.core.bundle.InstalledBundles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The face function in the least memory that its setting allows, with the image's own entry point
 * and JVM options and both of Facet's bundles: the largest file of each format leaves a tenth of
 * the memory free, while galleries of the largest size are loaded.
 */
@EnabledOnOs(OS.LINUX)
class FaceMemoryIT {

  private static final int MEMORY = FaceMemory.MIN_MEBIBYTES;

  private static final Path ROOT = Path.of(System.getProperty("facet.root"));
  private static final List<Path> BUNDLES =
      List.of(
          InstalledBundles.folder(ROOT, "sface-128-v1"),
          InstalledBundles.folder(ROOT, "faceplugin-512-v1"));

  @TempDir private Path folder;

  @Test
  void the_largest_file_of_each_format_leaves_a_tenth_free() throws Exception {
    Path photo = ROOT.resolve("models/node_modules/@vladmandic/face-api/demo/sample1.jpg");
    List<Path> files = new LargestFiles(folder, photo).all();

    List<String> lines = probed(files);

    System.out.println(String.join("\n", lines));
    assertThat(lines).hasSize(files.size() + 2);
    assertThat(lines.subList(1, lines.size() - 1)).allMatch(line -> line.endsWith(" faces"));
    assertThat(lines.getLast()).matches("[1-9]\\d* galleries of [1-9]\\d{4,} templates: .*");
    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(peak(line))
                    .as(line)
                    .isLessThan(MEMORY - MEMORY * FaceMemory.FREE_PERCENT / 100));
  }

  private static int peak(String line) {
    return Integer.parseInt(line.replaceAll(".*: (\\d+) MiB.*", "$1"));
  }

  /** Runs the probe by the image's entry point; the heap counts in full, as if it were used up. */
  private List<String> probed(List<Path> files) throws Exception {
    Path image = Files.createDirectories(folder.resolve("image"));
    for (String name : List.of("start", "jvm.options")) {
      Files.copy(ROOT.resolve("functions/face/src/main/image").resolve(name), image.resolve(name));
    }
    classPath(Files.createDirectories(image.resolve("lib")).resolve("tests.jar"));
    List<String> command =
        List.of(
            "/bin/sh",
            image.resolve("start").toString(),
            "-XX:MaxRAM=" + MEMORY + "m",
            "-XX:InitialRAMPercentage=100", // of the maximum
            "-XX:+AlwaysPreTouch",
            "-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("natives"),
            Stream.concat(BUNDLES.stream(), files.stream())
                .map(Path::toString)
                .collect(Collectors.joining(":")));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(folder.resolve("errors").toFile())
            .redirectOutput(folder.resolve("output").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                "" + MEMORY,
                "FACET_JAVA",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "FACET_MAIN",
                MemoryProbe.class.getName(),
                "OPENCV_LOG_LEVEL",
                "SILENT"));
    Process process = builder.start();
    boolean ended = process.waitFor(10, TimeUnit.MINUTES);
    process.destroyForcibly();
    String errors = Files.readString(folder.resolve("errors"), StandardCharsets.UTF_8);
    assertThat(ended && process.exitValue() == 0).as(errors).isTrue();
    return Files.readAllLines(folder.resolve("output")).stream()
        .filter(line -> line.contains(" MiB"))
        .toList();
  }

  /** Writes a jar that names the test's class path, since the entry point takes jars alone. */
  private static void classPath(Path jar) throws IOException {
    List<String> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(":")) {
      urls.add(Path.of(entry).toUri().toString());
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", urls));
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }
}
