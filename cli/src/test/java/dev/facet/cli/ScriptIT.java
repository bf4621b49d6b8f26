package dev.facet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./facet}, copied to a house of stand-ins whose path has spaces; nothing is built. */
class ScriptIT {

  private static final List<String> TOOLS =
      List.of(
          "bash", "cat", "dirname", "find", "getconf", "grep", "head", "mkdir", "mv", "rm", "sed",
          "tee", "touch", "tr");

  @TempDir private Path folder;
  private Path home;
  private Path path;
  private final Map<String, String> environment = new TreeMap<>();

  private record Outcome(int status, String out, String err, long pid) {}

  @BeforeEach
  void aHouseWithABuiltServiceAndAJdk() throws Exception {
    home = Files.createDirectories(folder.resolve("my projects/facet"));
    Files.copy(Path.of(System.getProperty("facet.root"), "facet"), home.resolve("facet"));
    path = Files.createDirectory(folder.resolve("bin"));
    for (String tool : TOOLS) {
      program(path.resolve(tool), "exec %s \"$@\"".formatted(toolOnPath(tool)));
    }
    for (String module : List.of("local", "cli")) {
      write("%s/jvm.options".formatted(module), "-Xmx1g");
      write("%s/src/main/Source.java".formatted(module), "");
      write("%s/target/classpath.txt".formatted(module), "/a.jar:/b.jar");
    }
    write("target/built", "");
    write("target/archive/classpath", "/local.jar:/a.jar:/b.jar");
    write("target/archive/classes.jsa", "");
    write("target/archive/made", "");
    makeNewer(home.resolve("target/archive/made"));
    makeOlder(home.resolve("local/src/main/Source.java"));
    makeOlder(home.resolve("local/src/main"));
    makeOlder(home.resolve("cli/src/main/Source.java"));
    makeOlder(home.resolve("cli/src/main"));
    jdk("jdks/jdk 25", "25.0.1");
    environment.put("PATH", path.toString());
    environment.put("FACET_JDKS", folder.resolve("jdks").toString());
  }

  @Test
  void alone_it_lists_the_commands() throws Exception {
    Outcome alone = facet();
    assertThat(alone.status()).isZero();
    assertThat(alone.out())
        .contains(
            "serve",
            "keys",
            "plans",
            "principals",
            "register",
            "search",
            "verify",
            "delete",
            "extract",
            "embed",
            "calibrate");
    assertThat(facet("help")).usingRecursiveComparison().ignoringFields("pid").isEqualTo(alone);
    assertThat(facet("--help").out()).isEqualTo(alone.out());
  }

  @Test
  void an_unknown_command_is_named() throws Exception {
    Outcome outcome = facet("frobnicate");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualToIgnoringNewLines(
            "facet: there is no command 'frobnicate'; ./facet help lists them");
  }

  @Test
  void the_jvm_takes_the_scripts_place_and_gets_its_arguments() throws Exception {
    Outcome outcome = facet("serve", "--data", "a folder", "*");
    assertThat(outcome.status()).isEqualTo(7);
    assertThat(outcome.out().lines())
        .containsExactly(
            "pid " + outcome.pid(),
            "@" + home + "/local/jvm.options",
            "-Dfacet.home=" + home,
            "-XX:SharedArchiveFile=" + home + "/target/archive/classes.jsa",
            "-Xlog:cds=off",
            "-Xlog:aot=off",
            "-cp",
            "/local.jar:/a.jar:/b.jar",
            "dev.facet.cli.Facet",
            "serve",
            "--data",
            "a folder",
            "*");
  }

  @Test
  void after_a_build_what_the_start_loads_is_archived() throws Exception {
    Files.delete(home.resolve("target/archive/made"));
    write("cli/target/facet-cli-1.jar", "");
    write("cli/target/classpath.txt", "/a.jar:/repo/DynamoDBLocal-3.jar:/b.jar");
    Path jdk = folder.resolve("jdks/jdk 25");
    program(
        jdk.resolve("bin/jar"), "case $1 in xf) mkdir META-INF; touch META-INF/MANIFEST.MF;; esac");
    program(
        jdk.resolve("bin/java"),
        "case \"$*\" in *ArchiveClassesAtExit*) : >'%s/target/archive/classes.jsa';; *) echo \"$*\";; esac"
            .formatted(home));
    Outcome first = facet("serve");
    assertThat(first.err()).contains("archiving classes").doesNotContain("not archived");
    assertThat(first.out())
        .contains(
            "-XX:SharedArchiveFile=" + home + "/target/archive/classes.jsa",
            "-cp %1$s/cli/target/facet-cli-1.jar:/a.jar:%1$s/target/archive/dynamo.jar:/b.jar"
                .formatted(home));
    assertThat(facet("serve").err()).isEmpty();
  }

  @Test
  void without_an_archive_it_starts_all_the_same() throws Exception {
    Files.delete(home.resolve("target/archive/made"));
    Outcome outcome = facet("serve");
    assertThat(outcome.err()).contains("archiving classes", "not archived");
    assertThat(outcome.out()).contains("-cp\n" + home + "/cli/target/classes:/a.jar:/b.jar\n");
    assertThat(facet("serve").err()).isEmpty();
  }

  @Test
  void other_commands_run_in_the_command_line() throws Exception {
    assertThat(facet("embed", "ann.jpg").out()).contains("dev.facet.cli.Facet\nembed\nann.jpg");
  }

  @Test
  void administration_runs_with_the_options_of_commands() throws Exception {
    for (String command : List.of("keys", "plans", "principals")) {
      assertThat(facet(command, "list", "--json").out().lines().skip(1))
          .containsExactly(
              "@" + home + "/cli/jvm.options",
              "-Dfacet.home=" + home,
              "-cp",
              home + "/cli/target/classes:/a.jar:/b.jar",
              "dev.facet.cli.Facet",
              command,
              "list",
              "--json");
    }
  }

  @Test
  void java_home_is_preferred_if_it_is_a_jdk25() throws Exception {
    environment.put("JAVA_HOME", jdk("elsewhere/mine", "25").toString());
    assertThat(facet("jdk").out()).isEqualTo(folder.resolve("elsewhere/mine") + "\n");
    environment.put("JAVA_HOME", jdk("elsewhere/old", "17.0.9").toString());
    assertThat(facet("jdk").out()).isEqualTo(folder.resolve("jdks/jdk 25") + "\n");
  }

  @Test
  void without_a_jdk25_it_says_so() throws Exception {
    Files.delete(folder.resolve("jdks/jdk 25/release"));
    jdk("jdks/jdk 250", "250");
    Outcome outcome = facet("serve");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("facet: a JDK 25 is needed and none was found");
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void without_maven_it_says_so() throws Exception {
    Files.delete(home.resolve("target/built"));
    assertThat(facet("serve").err())
        .isEqualToIgnoringNewLines(
            "facet: Maven is needed to build Facet: install it, so that 'mvn' is on the path");
  }

  @Test
  void without_node_or_with_an_old_one_it_says_so() throws Exception {
    Files.delete(home.resolve("target/built"));
    program(path.resolve("mvn"), "exit 0");
    assertThat(facet("serve").err()).contains("Node.js 20 or newer, with npm, is needed");
    program(path.resolve("npm"), "exit 0");
    program(path.resolve("node"), "echo v18.20.4");
    assertThat(facet("serve").err()).contains("Node.js 20 or newer is needed", "'node' is 18.20.4");
  }

  @Test
  void what_changed_since_is_built_once_and_progress_is_shown() throws Exception {
    aMaven("echo '[INFO] Building Facet layer: core 1.0.0-SNAPSHOT                [2/8]'");
    Files.setLastModifiedTime(
        home.resolve("cli/src/main/Source.java"), FileTime.from(Instant.now().plusSeconds(5)));
    Outcome first = facet("serve");
    assertThat(first.err())
        .isEqualToIgnoringNewLines(
            "facet: building; the first time takes some minutes\n  [2/8] Facet layer: core");
    assertThat(first.status()).isEqualTo(7);
    makeOlder(home.resolve("cli/src/main/Source.java"));
    assertThat(facet("serve").err()).isEmpty();
  }

  @Test
  void one_module_is_tested_with_those_it_depends_on() throws Exception {
    write("pom.xml", "    <module>layers/core</module>\n    <module>cli</module>\n");
    write("models/package.json", "");
    Files.createDirectories(home.resolve("models/src/main"));
    write("layers/core/target/tested", "");
    aMaven("echo \"$@\"");
    Outcome outcome = facet("test", "cli");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).contains("-Dfacet.test -pl cli -am test");
    assertThat(outcome.err()).isEqualToIgnoringNewLines("facet: the tests of cli passed");
    assertThat(home.resolve("cli/target/tested")).exists();
    assertThat(home.resolve("layers/core/target/tested")).doesNotExist();

    write("models/target/bundle/default/manifest.json", "");
    makeNewer(home.resolve("models/target/bundle/default/manifest.json"));
    assertThat(facet("test", "cli/").out()).contains("-Dexec.skip -pl cli -am test");

    aMaven("exit 1");
    assertThat(facet("test", "cli").status()).isEqualTo(1);
  }

  @Test
  void a_module_to_test_has_to_be_named() throws Exception {
    write("pom.xml", "    <module>layers/core</module>\n    <module>cli</module>\n");
    for (List<String> arguments : List.of(List.of("test"), List.of("test", "core"))) {
      Outcome outcome = facet(arguments.toArray(String[]::new));
      assertThat(outcome.status()).isEqualTo(2);
      assertThat(outcome.err())
          .isEqualToIgnoringNewLines(
              "facet: usage: ./facet test MODULE, where MODULE is one of\n  layers/core\n  cli");
    }
  }

  @Test
  void a_build_that_fails_shows_why_and_runs_nothing() throws Exception {
    aMaven("echo '[INFO] noise'; echo '[ERROR] no space left'; exit 1");
    Files.delete(home.resolve("target/built"));
    Outcome outcome = facet("serve");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .contains("[ERROR] no space left", "the build failed")
        .doesNotContain("noise");
    assertThat(home.resolve("target/built")).doesNotExist();
  }

  private void aMaven(String script) throws IOException {
    program(path.resolve("mvn"), script);
    program(path.resolve("npm"), "exit 0");
    program(path.resolve("node"), "echo v20.11.0");
  }

  private Outcome facet(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", home.resolve("facet").toString()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    int status = process.waitFor();
    return new Outcome(status, Files.readString(out), Files.readString(err), process.pid());
  }

  /** Its java prints how it was called and ends with status 7. */
  private Path jdk(String name, String version) throws IOException {
    Path jdk = folder.resolve(name);
    Files.createDirectories(jdk.resolve("bin"));
    program(jdk.resolve("bin/java"), "echo pid $$; printf '%s\\n' \"$@\"; exit 7");
    program(jdk.resolve("bin/javac"), "exit 0");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"%s\"%n".formatted(version));
    return jdk;
  }

  private void write(String file, String content) throws IOException {
    Path target = home.resolve(file);
    Files.createDirectories(target.getParent());
    Files.writeString(target, content);
  }

  private static void program(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void makeOlder(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
  }

  private static void makeNewer(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
  }

  private static Path toolOnPath(String tool) throws Exception {
    Process which = new ProcessBuilder("bash", "-c", "type -P " + tool).start();
    String found = new String(which.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(which.waitFor()).as(tool + " is on the path").isZero();
    return Path.of(found.strip());
  }
}
