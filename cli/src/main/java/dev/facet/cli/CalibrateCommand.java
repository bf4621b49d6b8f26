package dev.facet.cli;

import dev.facet.cli.calibration.CalibrationRun;
import dev.facet.cli.calibration.DegradationRun;
import dev.facet.cli.calibration.UnusablePhotos;
import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.bundle.Measurability;
import dev.facet.core.faces.FaceExtractor;
import dev.facet.core.gallery.Weighing;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  private final Function<Bundle, FaceExtractor> opened;
  private final PrintWriter out;
  private final PrintWriter err;

  @Parameters(
      paramLabel = "DIR",
      arity = "1..*",
      description = "photos, in one folder for each person; several folders with --degrade")
  private List<Path> folders;

  @Option(
      names = "--degrade",
      description = "spoil the photos in many ways, and fit the limits of measurable faces")
  private boolean degrade;

  @Option(
      names = "--bundle",
      paramLabel = "BUNDLE",
      defaultValue = DEFAULT_BUNDLE,
      description = "the id of an installed model bundle, or a folder (${DEFAULT-VALUE})",
      converter = BundleFolder.class)
  private Path bundle;

  @Option(
      names = "--origin",
      paramLabel = "NAME",
      description = "name of the photo set in the table (the folder's name)")
  private @Nullable String origin;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "write the table, for 'calibration' in the bundle's manifest.json; with --degrade a"
              + " folder for calibration.json and measurability.json")
  private @Nullable Path table;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "write the report as an HTML page with charts")
  private @Nullable Path report;

  CalibrateCommand(
      Function<Path, FaceExtractor> extractors,
      Function<Bundle, FaceExtractor> opened,
      PrintWriter out,
      PrintWriter err) {
    this.extractors = extractors;
    this.opened = opened;
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) {
        throw new UnusableArgument("DIR", "'%s' must be a folder".formatted(folder));
      }
    }
    return degrade ? fitLimits() : measureScores();
  }

  private int measureScores() {
    if (folders.size() > 1) {
      throw new UnusableArgument("DIR", "only one folder is accepted without --degrade");
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

  private int fitLimits() {
    if (report != null) {
      throw new UnusableArgument("--report", "is not made with --degrade");
    }
    DegradationRun run;
    try {
      run = DegradationRun.on(folders, name(), Bundle.open(bundle), opened, err::println);
    } catch (UnusablePhotos e) {
      throw new UnusableArgument("DIR", e.rule());
    }
    out.print(run.text());
    out.flush();
    if (table != null) {
      NamedFile.write("--out", table.resolve("calibration.json"), Bundle.toJson(run.table()));
      NamedFile.write(
          "--out", table.resolve("measurability.json"), Bundle.toJson(run.measurability()));
      err.println("wrote calibration.json and measurability.json to " + table);
    }
    return 0;
  }

  private CalibrationRun run(FaceExtractor extractor) {
    try {
      return CalibrationRun.on(folders.getFirst(), name(), extractor, weighing(), err::println);
    } catch (UnusablePhotos e) {
      throw new UnusableArgument("DIR", e.rule());
    }
  }

  private String name() {
    return origin == null
        ? folders.getFirst().toAbsolutePath().normalize().getFileName().toString()
        : origin;
  }

  /** Returns the rule of the bundle; one without a manifest does not weigh. */
  private Weighing weighing() {
    if (!Files.isRegularFile(bundle.resolve(BundleManifest.FILE))) {
      return Weighing.NONE;
    }
    Measurability limits = Bundle.open(bundle).manifest().measurability();
    Double norm = limits == null ? null : limits.fullWeightNorm();
    return norm == null ? Weighing.NONE : new Weighing(norm.floatValue());
  }
}
