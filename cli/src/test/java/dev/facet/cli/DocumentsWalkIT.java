package dev.facet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.facet.cli.CodeBlock.Marker;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the run blocks of all documents as a reader does: in reading order, in one shell and one
 * folder, beside a running service. The outputs must be those of the output blocks. The script
 * {@code ./facet} is replaced by one that runs the classes of this build.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DocumentsWalkIT {

  private static final int START_MINUTES = 5;
  private static final int WALK_MINUTES = 30;
  private static final Path PEOPLE =
      Path.of(System.getProperty("facet.testdata", "nowhere"), "photos/lfw10").toAbsolutePath();

  /** The photos that the documents name, and the files that their outputs were made from. */
  private static final Map<String, String> PHOTOS =
      Map.of(
          "anna-1.jpg", "George_W_Bush/George_W_Bush_0002.jpg",
          "anna-2.jpg", "George_W_Bush/George_W_Bush_0001.jpg",
          "anna-3.jpg", "George_W_Bush/George_W_Bush_0009.jpg",
          "somebody-else.jpg", "Tony_Blair/Tony_Blair_0002.jpg");

  @TempDir private Path folder;

  /** A shell block to run. */
  private record Step(MarkdownDocument document, CodeBlock block, Path file) {

    /** Returns the lines of the shell that run it. */
    private String source() {
      return ". ./%1$s >%1$s.out 2>&1 </dev/null; echo $failed >%1$s.status; failed=0\n"
          .formatted(file.getFileName());
    }

    private String read(String suffix) throws IOException {
      Path written = file.resolveSibling(file.getFileName() + suffix);
      return Files.exists(written) ? Files.readString(written).stripTrailing() : "";
    }

    private String name() {
      return document.file() + ":" + block.line();
    }
  }

  /** An output block and the output of the block before it. */
  private record Expected(MarkdownDocument document, CodeBlock block, String actual) {}

  @Test
  void the_blocks_print_the_outputs_that_the_documents_show() throws Exception {
    assumeTrue(
        Files.isDirectory(PEOPLE),
        "skipped: no photos/lfw10 in the folder that the property facet.testdata names");
    assumeTrue(areInstalled("bash", "curl", "node"), "skipped: bash, curl and Node.js are needed");
    prepareFolder();
    List<String> faults = new ArrayList<>();
    Process service = startService();
    try {
      List<Step> steps = writeSteps();
      run(steps);
      for (Step step : steps) {
        if (!step.read(".status").equals("0")) {
          faults.add("%s fails:\n%s".formatted(step.name(), step.read(".out")));
        }
      }
      for (Expected expected : expectedOutputs(steps)) {
        if (!expected.block().isOutput(expected.actual())) {
          faults.add(
              "%s:%d shows\n%sbut the output is\n%s"
                  .formatted(
                      expected.document().file(),
                      expected.block().line(),
                      expected.block().text(),
                      expected.actual()));
        }
      }
    } finally {
      service.destroy();
      if (!service.waitFor(30, TimeUnit.SECONDS)) {
        service.destroyForcibly().waitFor();
      }
    }
    assertThat(faults).isEmpty();
  }

  private static boolean areInstalled(String... programs) throws IOException, InterruptedException {
    for (String program : programs) {
      if (new ProcessBuilder("sh", "-c", "command -v " + program).start().waitFor() != 0) {
        return false;
      }
    }
    return true;
  }

  private void prepareFolder() throws IOException {
    for (Map.Entry<String, String> photo : PHOTOS.entrySet()) {
      Files.copy(PEOPLE.resolve(photo.getValue()), folder.resolve(photo.getKey()));
    }
    Files.createSymbolicLink(folder.resolve("people"), PEOPLE);
    Files.createDirectory(folder.resolve("tmp"));
    Path script =
        Files.writeString(
            folder.resolve("facet"),
            """
            #!/bin/sh
            options=cli
            [ "$1" != serve ] || options=local
            export CLASSPATH='%s' OPENCV_LOG_LEVEL=SILENT
            exec '%s/bin/java' "@%3$s/$options/jvm.options" '-Dfacet.home=%3$s' '-Djava.io.tmpdir=%4$s/tmp' \\
              dev.facet.cli.Facet "$@"
            """
                .formatted(
                    absolute(System.getProperty("java.class.path")),
                    System.getProperty("java.home"),
                    MarkdownDocument.ROOT.normalize(),
                    folder));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String absolute(String classPath) {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(classPath)
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Starts the service as docs/encryption.md needs it, on a free port. */
  private Process startService() throws IOException, InterruptedException {
    Process service =
        new ProcessBuilder("./facet", "serve", "--node-auth", "key", "--port", "0")
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("service.out").toFile())
            .redirectError(folder.resolve("service.err").toFile())
            .start();
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(START_MINUTES);
    while (!Files.readString(folder.resolve("service.out")).matches("(?s).*Ready after.*\n.*")) {
      if (!service.isAlive() || System.nanoTime() > end) {
        service.destroyForcibly();
        throw new AssertionError(
            "the service does not start: " + Files.readString(folder.resolve("service.err")));
      }
      Thread.sleep(200);
    }
    return service;
  }

  /** Writes the programs and the shell blocks of all documents to files. */
  private List<Step> writeSteps() throws IOException {
    List<Step> steps = new ArrayList<>();
    for (MarkdownDocument document : MarkdownDocument.all()) {
      for (CodeBlock block : document.blocks()) {
        if (block.is(Marker.RUN) && block.isShell()) {
          Path file = folder.resolve("step-%d.sh".formatted(steps.size()));
          steps.add(new Step(document, block, Files.writeString(file, block.text())));
        } else if (block.program().isPresent()) {
          Files.writeString(folder.resolve(block.program().get()), block.text());
        }
      }
    }
    assertThat(steps).isNotEmpty();
    return steps;
  }

  /** Runs all steps in one shell; a step fails if one of its commands does. */
  private void run(List<Step> steps) throws IOException, InterruptedException {
    String walk =
        steps.stream()
            .map(Step::source)
            .collect(
                Collectors.joining("", "set -E -o pipefail\ntrap 'failed=$?' ERR\nfailed=0\n", ""));
    Process shell =
        new ProcessBuilder(
                "bash", Files.writeString(folder.resolve("walk.sh"), walk).getFileName().toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("walk.out").toFile())
            .start();
    if (!shell.waitFor(WALK_MINUTES, TimeUnit.MINUTES)) {
      shell.descendants().forEach(ProcessHandle::destroyForcibly);
      shell.destroyForcibly().waitFor();
    }
  }

  /** Returns all output blocks beside the outputs; that of a ci block is the service's start. */
  private List<Expected> expectedOutputs(List<Step> steps) throws IOException {
    List<Expected> expected = new ArrayList<>();
    String actual = "";
    for (MarkdownDocument document : MarkdownDocument.all()) {
      for (CodeBlock block : document.blocks()) {
        if (block.is(Marker.OUTPUT)) {
          expected.add(new Expected(document, block, actual));
        } else if (block.is(Marker.CI)) {
          actual = startMessage();
        } else if (block.is(Marker.RUN) && block.isShell()) {
          actual =
              steps.stream()
                  .filter(step -> step.document().equals(document) && step.block().equals(block))
                  .findFirst()
                  .orElseThrow()
                  .read(".out");
        }
      }
    }
    return expected;
  }

  /** Returns the service's output up to its readiness, with the default port; log lines follow. */
  private String startMessage() throws IOException {
    String output = Files.readString(folder.resolve("service.out"));
    int end = output.indexOf('\n', output.indexOf("Ready after"));
    return output.substring(0, end).replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:8080");
  }
}
