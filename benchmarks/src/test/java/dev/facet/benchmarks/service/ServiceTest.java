package dev.facet.benchmarks.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests with shell scripts in place of {@code ./facet}. */
@Timeout(60)
class ServiceTest {

  private static final Duration ENOUGH = Duration.ofSeconds(30);

  @TempDir private Path root;

  @Test
  void a_service_is_ready_when_it_says_so() throws IOException {
    script("echo building", "echo Ready after 0.1 s", "exec sleep 60");
    try (Service service = Service.start(root, root.resolve("data"), ENOUGH)) {
      assertThat(service.startup()).isBetween(Duration.ZERO, ENOUGH);
    }
  }

  @Test
  void a_service_that_hangs_is_killed() throws IOException {
    script("echo $$ > pid", "echo still starting", "exec sleep 60");
    assertThatThrownBy(() -> Service.start(root, root.resolve("data"), Duration.ofSeconds(2)))
        .isInstanceOf(IOException.class)
        .hasMessage("./facet serve was not ready within PT2S");
    long pid = Long.parseLong(Files.readString(root.resolve("pid")).strip());
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void a_service_that_ends_is_not_waited_for() throws IOException {
    script("echo no port is free");
    assertThatThrownBy(() -> Service.start(root, root.resolve("data"), ENOUGH))
        .isInstanceOf(IOException.class)
        .hasMessage("./facet serve ended before it was ready");
  }

  private void script(String... lines) throws IOException {
    Path script = root.resolve("facet");
    Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }
}
