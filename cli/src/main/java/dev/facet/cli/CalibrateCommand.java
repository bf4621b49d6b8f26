package dev.facet.cli;

import dev.facet.cli.calibration.CalibrationRun;
import dev.facet.cli.calibration.UnusablePhotos;
import dev.facet.core.bundle.Bundle;
import dev.facet.core.faces.FaceExtractor;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The {@code calibrate} command, which turns labelled photos into a score table. */
@Command(
    name = "calibrate",
    mixinStandardHelpOptions = true,
    description = {
      "Measures error rates of a model bundle on labelled photos, and makes its score table.",
      "Rates that the photos are too few to show are extrapolated and marked."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the parameters
final class CalibrateCommand implements Callable<Integer> {

  /** The model bundle that the build produces. */
  static final String DEFAULT_BUNDLE = "${sys:facet.home}/models/target/bundle/default";

  private final Function<Path, FaceExtractor> extractors;
  private final PrintWriter out;
  private final PrintWriter err;

  @Parameters(paramLabel = "DIR", description = "photos, in one folder for each person")
  private Path folder;

  @Option(
      names = "--bundle",
      paramLabel = "DIR",
      defaultValue = DEFAULT_BUNDLE,
      description = "the model bundle (${DEFAULT-VALUE})")
  private Path bundle;

  @Option(
      names = "--origin",
      paramLabel = "NAME",
      description = "name of the photo set in the table (the folder's name)")
  private @Nullable String origin;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "write the table, for 'calibration' in the bundle's manifest.json")
  private @Nullable Path table;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "write the report as an HTML page with charts")
  private @Nullable Path report;

  CalibrateCommand(Function<Path, FaceExtractor> extractors, PrintWriter out, PrintWriter err) {
    this.extractors = extractors;
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    if (!Files.isDirectory(folder)) {
      throw new UnusableArgument("DIR", "'%s' must be a folder".formatted(folder));
    }
    CalibrationRun run = run(extractors.apply(bundle));
    out.print(run.text());
    out.flush();
    if (table != null) {
      NamedFile.write("--out", table, Bundle.toJson(run.table()));
      err.println("wrote " + table);
    }
    if (report != null) {
      NamedFile.write("--report", report, run.page().getBytes(StandardCharsets.UTF_8));
      err.println("wrote " + report);
    }
    return 0;
  }

  private CalibrationRun run(FaceExtractor extractor) {
    String name =
        origin == null ? folder.toAbsolutePath().normalize().getFileName().toString() : origin;
    try {
      return CalibrationRun.on(folder, name, extractor, err::println);
    } catch (UnusablePhotos e) {
      throw new UnusableArgument("DIR", e.rule());
    }
  }
}
