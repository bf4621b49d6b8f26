package dev.facet.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The machine that produced results, without host names or paths.
 *
 * @param processor model name, family, model number and vector unit
 * @param cores the number of processors that the JVM sees
 * @param memory the physical memory, with its unit
 * @param system the kernel and the JVM
 * @param load the mean number of running processes in the minute before
 */
public record Machine(String processor, String cores, String memory, String system, String load) {

  private static final List<String> VECTOR_UNITS = List.of("avx512f", "avx2", "asimd");

  /**
   * Returns this machine.
   *
   * @throws IOException if {@code /proc} can't be read
   */
  public static Machine current() throws IOException {
    List<String> processor = Files.readAllLines(Path.of("/proc/cpuinfo"));
    List<String> flags = words(field(processor, "flags"));
    String vectors = VECTOR_UNITS.stream().filter(flags::contains).findFirst().orElse("no vectors");
    String memory = field(Files.readAllLines(Path.of("/proc/meminfo")), "MemTotal");
    return new Machine(
        "%s (family %s, model %s, %s)"
            .formatted(
                field(processor, "model name"),
                field(processor, "cpu family"),
                field(processor, "model"),
                vectors),
        Integer.toString(Runtime.getRuntime().availableProcessors()),
        Math.round(Long.parseLong(words(memory).getFirst()) / 1048576.0) + " GiB",
        "Linux %s, Java %s".formatted(System.getProperty("os.version"), Runtime.version()),
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
