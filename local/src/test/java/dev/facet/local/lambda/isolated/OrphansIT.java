package dev.facet.local.lambda.isolated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service that is killed (SIGKILL) leaves no process of a function behind. */
@Timeout(120)
class OrphansIT {

  @Test
  void functions_end_with_the_service_however_that_ends(@TempDir Path folder) throws Exception {
    assumeTrue(
        System.getProperty("os.name").equals("Linux"),
        "AWS's runtime interface client is for Linux");
    Process service =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                // what a killed service can't remove
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Orphans.class.getName())
            .redirectError(Redirect.DISCARD)
            .start();
    ProcessHandle function;
    try (BufferedReader out = service.inputReader()) {
      long pid = new ObjectMapper().readTree(out.readLine()).path("pid").asLong();
      function = ProcessHandle.of(pid).orElseThrow();
    } finally {
      service.destroyForcibly();
    }

    assertThat(function.onExit().get(60, TimeUnit.SECONDS).isAlive()).isFalse();
  }
}
