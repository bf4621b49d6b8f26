package dev.facet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.benchmarks.measure.Benchmark;
import dev.facet.benchmarks.measure.InvalidArguments;
import dev.facet.benchmarks.measure.Layout;
import dev.facet.benchmarks.measure.Machine;
import dev.facet.benchmarks.measure.Report;
import dev.facet.benchmarks.measure.ReportHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class MainTest {

  private static final Path ROOT = Path.of(System.getProperty("facet.root", ".."));

  private final Layout layout = new Layout(ROOT, ROOT);

  @Test
  void the_script_knows_every_benchmark() throws IOException {
    String names =
        String.join("|", Main.benchmarks(layout).stream().map(Benchmark::name).sorted().toList());
    assertThat(
            Files.readAllLines(ROOT.resolve("benchmarks/run")).stream()
                .filter(line -> line.startsWith("#   benchmarks/run "))
                .map(line -> line.split(" +")[2])
                .map(MainTest::sorted)
                .toList())
        .containsExactly(names);
  }

  @Test
  void every_benchmark_refuses_arguments_that_it_does_not_have() throws IOException {
    Report unused = new Report("unused", header(), System.out);
    assertThat(Main.benchmarks(layout))
        .allSatisfy(
            benchmark ->
                assertThatThrownBy(() -> benchmark.run(List.of("5", "6"), unused))
                    .isInstanceOf(InvalidArguments.class)
                    .hasMessageStartingWith("unexpected argument"));
  }

  @Test
  void help_and_unknown_names_run_nothing() throws Exception {
    assertThat(Main.run(layout, List.of())).isZero();
    assertThat(Main.run(layout, List.of("extraction", "--help"))).isZero();
    assertThat(Main.run(layout, List.of("marathon"))).isEqualTo(2);
    assertThat(Main.run(layout, List.of("extraction", "soon"))).isEqualTo(2);
  }

  private static ReportHeader header() throws IOException {
    return new ReportHeader(
        LocalDate.EPOCH, "none", "none", ReportHeader.MEASURED, Machine.current());
  }

  private static String sorted(String alternatives) {
    return String.join("|", List.of(alternatives.split("\\|")).stream().sorted().toList());
  }
}
