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
 * A bundle calibrated on a folder of photos: the table that goes into the bundle, and the same for
 * people to read.
 */
public final class CalibrationRun {

  private final Survey survey;
  private final Calibration calibration;

  private CalibrationRun(Survey survey, Calibration calibration) {
    this.survey = survey;
    this.calibration = calibration;
  }

  /**
   * Looks at all photos and learns from them. The same photos give the same result.
   *
   * @param folder has a folder for each person, with that person's photos
   * @param origin what to call the photos
   * @param progress hears how far it is, now and then
   * @throws UnusablePhotos if the photos are too few, or too many, to learn from
   */
  public static CalibrationRun on(
      Path folder, String origin, FaceExtractor extractor, Consumer<String> progress) {
    Survey survey = new PhotoFolder(folder).survey(origin, extractor, progress);
    return new CalibrationRun(survey, new Calibrator(random()).calibrate(survey.people()));
  }

  /** For the bundle's manifest. */
  public CalibrationTable table() {
    Comparisons comparisons = calibration.comparisons();
    return new CalibrationTable(
        new CalibrationTable.Origin(
            survey.origin(),
            survey.people().size(),
            survey.photos(),
            Comparisons.size(comparisons.genuine()),
            Comparisons.size(comparisons.impostor())),
        ImpostorTail.NAME,
        calibration.scoreMap().knots(),
        calibration.scores().stream().map(CalibrationRun::rate).toList());
  }

  /** For a terminal. */
  public String text() {
    return TextReport.of(survey, calibration);
  }

  /** For a browser: one self-contained HTML page. */
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

  /** Three digits are more than any sample tells. */
  private static double significant(double figure) {
    return new BigDecimal(figure).round(new MathContext(3)).doubleValue();
  }

  /** Always the same, so that the intervals are. */
  private static RandomGenerator random() {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(19795);
  }
}
