package dev.facet.cli.calibration;

import dev.facet.core.bundle.CalibrationTable;
import dev.facet.core.faces.FaceExtractor;
import dev.facet.core.gallery.Weighing;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The calibration of a bundle on a folder of photos, as the table that goes into the bundle and as
 * readable reports.
 */
public final class CalibrationRun {

  private final PhotoSet photoSet;
  private final Calibration calibration;

  private CalibrationRun(PhotoSet photoSet, Calibration calibration) {
    this.photoSet = photoSet;
    this.calibration = calibration;
  }

  /**
   * Extracts the templates of all photos and calibrates on them, with reproducible results.
   *
   * @param folder contains one folder for each person, with that person's photos
   * @param origin the name of the photo set
   * @param weighing the rule by which the bundle weighs similarities
   * @param progress receives progress messages
   * @throws UnusablePhotos if there are too few or too many photos
   */
  public static CalibrationRun on(
      Path folder,
      String origin,
      FaceExtractor extractor,
      Weighing weighing,
      Consumer<String> progress) {
    return on(new PhotoFolder(folder).extract(origin, extractor, weighing, progress));
  }

  private static CalibrationRun on(PhotoSet photoSet) {
    return on(photoSet, -1);
  }

  /**
   * Calibrates on extracted photos, with reproducible results.
   *
   * @param minAnchor the least similarity of score 7000
   */
  static CalibrationRun on(PhotoSet photoSet, double minAnchor) {
    return new CalibrationRun(
        photoSet, new Calibrator(random(), minAnchor).calibrate(photoSet.people()));
  }

  /** Returns the table for the bundle's manifest. */
  public CalibrationTable table() {
    PairSet comparisons = calibration.comparisons();
    return new CalibrationTable(
        new CalibrationTable.Origin(
            photoSet.origin(),
            photoSet.people().size(),
            photoSet.photos(),
            PairSet.size(comparisons.genuine()),
            PairSet.size(comparisons.impostor())),
        ImpostorTail.NAME,
        calibration.scoreMap().knots(),
        calibration.scores().stream().map(CalibrationRun::rate).toList());
  }

  /** Returns the report as text for a terminal. */
  public String text() {
    return TextReport.of(photoSet, calibration);
  }

  /** Returns the report as one self-contained HTML page. */
  public String page() {
    return HtmlReport.of(photoSet, calibration);
  }

  private static CalibrationTable.Rate rate(OperatingPoint point) {
    return new CalibrationTable.Rate(
        Integer.parseInt(point.name()),
        significant(point.similarity()),
        significant(point.falseMatchRate()),
        significant(point.falseMatchInterval().low()),
        significant(point.falseMatchInterval().high()),
        significant(point.falseNonMatches().rate()),
        point.extrapolated());
  }

  /** Rounds to three significant digits, which is more than any sample supports. */
  private static double significant(double figure) {
    return new BigDecimal(figure).round(new MathContext(3)).doubleValue();
  }

  /** Returns a generator with a fixed seed, so that the intervals are reproducible. */
  private static RandomGenerator random() {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(19795);
  }
}
