package dev.facet.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Describes the machine that produced the results, without host names or paths. */
public final class Machine {

  private static final List<String> VECTOR_UNITS = List.of("avx512f", "avx2", "asimd");

  private Machine() {}

  /**
   * Returns one line: processor, cores, memory, kernel, JVM and current load.
   *
   * @throws IOException if {@code /proc} can't be read
   */
  public static String describe() throws IOException {
    List<String> processor = Files.readAllLines(Path.of("/proc/cpuinfo"));
    List<String> flags = words(field(processor, "flags"));
    String vectors = VECTOR_UNITS.stream().filter(flags::contains).findFirst().orElse("no vectors");
    String memory = field(Files.readAllLines(Path.of("/proc/meminfo")), "MemTotal");
    return "%s (family %s, model %s, %s), %d cores, %d GiB, Linux %s, Java %s; load at start %s"
        .formatted(
            field(processor, "model name"),
            field(processor, "cpu family"),
            field(processor, "model"),
            vectors,
            Runtime.getRuntime().availableProcessors(),
            Math.round(Long.parseLong(words(memory).getFirst()) / 1048576.0),
            System.getProperty("os.version"),
            Runtime.version(),
            words(Files.readString(Path.of("/proc/loadavg"))).getFirst());
  }

  private static List<String> words(String text) {
    return Pattern.compile(" ").splitAsStream(text).toList();
  }

  private static String field(List<String> lines, String name) {
    return lines.stream()
        .map(line -> line.split(":", 2))
        .filter(pair -> pair.length == 2 && pair[0].strip().equals(name))
        .map(pair -> pair[1].strip())
        .findFirst()
        .orElse("unknown");
  }
}
