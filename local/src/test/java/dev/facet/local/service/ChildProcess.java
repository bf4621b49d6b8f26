package dev.facet.local.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a class of the tests in a process of its own. */
final class ChildProcess {

  private ChildProcess() {}

  /** What it writes goes to a file; its errors to one beside that. */
  static Process start(Class<?> main, Path out, String... arguments) throws IOException {
    return start(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-modules=jdk.incubator.vector",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m"),
        main,
        out,
        arguments);
  }

  /** Starts one with other JVM options. */
  static Process start(List<String> options, Class<?> main, Path out, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            // libraries unpack what is native there, and can't take it away when they are killed
            "-Djava.io.tmpdir=" + out.toAbsolutePath().getParent(),
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(out.toFile())
        .redirectError(out.resolveSibling(out.getFileName() + ".errors").toFile())
        .start();
  }
}
