package dev.facet.face;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.aws.faces.FaceMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the container image's entry point starts the JVM; one that only says how it is called. */
@DisabledOnOs(OS.WINDOWS)
class EntryPointTest {

  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  @TempDir private Path folder;
  private Path image;

  @BeforeEach
  void layOut() throws IOException {
    image = Files.createDirectories(folder.toRealPath().resolve("an image"));
    Files.createDirectories(image.resolve("lib"));
    for (String jar : List.of("b.jar", "a.jar")) {
      Files.createFile(image.resolve("lib").resolve(jar));
    }
    Files.copy(
        Path.of(System.getProperty("facet.root"), "functions/face/src/main/image/start"),
        image.resolve("start"));
  }

  private List<String> started(Map<String, String> variables, String... arguments)
      throws Exception {
    Path java = folder.resolve("java");
    Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    List<String> command = new ArrayList<>(List.of("/bin/sh", image.resolve("start").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("FACET_JAVA", java.toString());
    builder.environment().putAll(variables);
    Process process = builder.start();
    List<String> said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).as("%s", said).isZero();
    return said;
  }

  private String classPath() {
    return image.resolve("lib/a.jar") + ":" + image.resolve("lib/b.jar");
  }

  @Test
  void the_handler_is_run_by_lambdas_runtime_client_on_all_jars_in_order() throws Exception {
    assertThat(started(Map.of(), "a.Handler"))
        .containsExactly(
            "@" + image.resolve("jvm.options"), "-cp", classPath(), CLIENT, "a.Handler");
  }

  @Test
  void options_come_after_the_images_and_the_cache_before_them() throws Exception {
    Files.createFile(image.resolve("face.aot"));

    assertThat(started(Map.of(), "-Xmx1g", "-Dwith=two words", "a.Handler"))
        .containsExactly(
            "@" + image.resolve("jvm.options"),
            "-XX:AOTCache=" + image.resolve("face.aot"),
            "-Xmx1g",
            "-Dwith=two words",
            "-cp",
            classPath(),
            CLIENT,
            "a.Handler");
  }

  @Test
  void heap_and_galleries_have_their_shares_of_the_functions_memory() throws Exception {
    assertThat(started(Map.of("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "3008"), "-Da=b", "a.Handler"))
        .containsExactly(
            "@" + image.resolve("jvm.options"),
            "-XX:MaxDirectMemorySize=%dm".formatted(3008 * FaceMemory.GALLERIES_PERCENT / 100),
            "-Da=b",
            "-cp",
            classPath(),
            CLIENT,
            "a.Handler");
    assertThat(
            Path.of(System.getProperty("facet.root"), "functions/face/src/main/image/jvm.options"))
        .content()
        .contains("-XX:MaxRAMPercentage=" + FaceMemory.HEAP_PERCENT + "\n");
  }

  @Test
  void another_class_is_run_where_it_is_named() throws Exception {
    assertThat(started(Map.of("FACET_MAIN", "a.Rehearsal"), "none"))
        .contains("a.Rehearsal")
        .doesNotContain(CLIENT);
  }

  @Test
  void the_allocator_keeps_freed_memory_unless_the_caller_says_otherwise() throws Exception {
    Path java = folder.resolve("tunables");
    Files.writeString(java, "#!/bin/sh\necho \"$GLIBC_TUNABLES\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    assertThat(started(Map.of("FACET_JAVA", java.toString()), "a.Handler"))
        .singleElement()
        .asString()
        .contains("glibc.malloc.trim_threshold=1073741824", "glibc.malloc.arena_max=");
    assertThat(
            started(
                Map.of("FACET_JAVA", java.toString(), "GLIBC_TUNABLES", "glibc.malloc.top_pad=1"),
                "a.Handler"))
        .containsExactly("glibc.malloc.top_pad=1");
  }

  /** The script of the repository and the benchmarks of other services set it for themselves. */
  @ParameterizedTest
  @ValueSource(strings = {"trim_threshold", "top_pad", "mmap_max"})
  void the_allocator_is_set_alike_everywhere(String tunable) throws IOException {
    Pattern setting = Pattern.compile("glibc\\.malloc\\." + tunable + "=(\\d+)");
    Set<String> values = new HashSet<>();
    for (String file :
        List.of(
            "facet",
            "functions/face/src/main/image/start",
            "benchmarks/src/main/java/dev/facet/benchmarks/peers/Peer.java")) {
      Matcher found =
          setting.matcher(Files.readString(Path.of(System.getProperty("facet.root"), file)));
      assertThat(found.find()).as("%s sets %s", file, tunable).isTrue();
      values.add(found.group(1));
    }

    assertThat(values).hasSize(1);
  }
}
