package dev.facet.cli.calibration;

import dev.facet.core.bundle.CalibrationTable;
import dev.facet.core.faces.FaceExtractor;
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

  private final PhotoSet survey;
  private final Calibration calibration;

  private CalibrationRun(PhotoSet survey, Calibration calibration) {
    this.survey = survey;
    this.calibration = calibration;
  }

  /**
   * Extracts the templates of all photos and calibrates on them, with reproducible results.
   *
   * @param folder contains one folder for each person, with that person's photos
   * @param origin the name of the photo set
   * @param progress receives progress messages
   * @throws UnusablePhotos if there are too few or too many photos
   */
  public static CalibrationRun on(
      Path folder, String origin, FaceExtractor extractor, Consumer<String> progress) {
    PhotoSet survey = new PhotoFolder(folder).survey(origin, extractor, progress);
    return new CalibrationRun(survey, new Calibrator(random()).calibrate(survey.people()));
  }

  /** Returns the table for the bundle's manifest. */
  public CalibrationTable table() {
    PairSet comparisons = calibration.comparisons();
    return new CalibrationTable(
        new CalibrationTable.Origin(
            survey.origin(),
            survey.people().size(),
            survey.photos(),
            PairSet.size(comparisons.genuine()),
            PairSet.size(comparisons.impostor())),
        ImpostorTail.NAME,
        calibration.scoreMap().knots(),
        calibration.scores().stream().map(CalibrationRun::rate).toList());
  }

  /** Returns the report as text for a terminal. */
  public String text() {
    return TextReport.of(survey, calibration);
  }

  /** Returns the report as one self-contained HTML page. */
  public String page() {
    return HtmlReport.of(survey, calibration);
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
