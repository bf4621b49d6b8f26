package dev.facet.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Downloads wheels by Python's pip, which verifies their hashes.
 *
 * @param python the command that runs Python
 * @param requirements the file that names the wheels with their hashes
 */
record Pip(String python, Path requirements) implements WheelFile.Download {

  @Override
  public Optional<String> into(Path folder) throws IOException {
    List<String> command =
        List.of(
            python,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--disable-pip-version-check",
            "--no-input",
            "--no-deps",
            "--require-hashes",
            "--only-binary=:all:",
            "--retries=2",
            "--dest",
            folder.toString(),
            "--requirement",
            requirements.toString());
    Process process;
    try {
      process = new ProcessBuilder(command).inheritIO().start();
    } catch (IOException e) {
      return Optional.of(python + " can't be started");
    }
    try {
      int status = process.waitFor();
      return status == 0
          ? Optional.empty()
          : Optional.of("pip of %s ended with status %d".formatted(python, status));
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      return Optional.of("it was interrupted");
    }
  }
}
