package dev.facet.cli.calibration;

import java.util.List;

/**
 * The cross-validation of a calibration: error rates on people outside its data. A calibration
 * measured on its own photos is too optimistic.
 *
 * @param halves the calibration on one half of the people, measured on the other, in both
 *     directions
 * @param predictions FMRs predicted by one half and counted on the other, over many random halvings
 *     of the people
 * @param halvings the number of random halvings
 */
record CrossValidation(List<Half> halves, List<Prediction> predictions, int halvings) {

  CrossValidation {
    halves = List.copyOf(halves);
    predictions = List.copyOf(predictions);
  }

  /**
   * A calibration on one half of the people, measured on the other.
   *
   * @param name the direction, such as {@code first → second}
   * @param calibratedOn names of the people in the calibration
   * @param measuredOn names of the people in the measurement
   * @param c0 the similarity of score 7000 by this calibration
   * @param points the scores 5000, 6000, 7000, 8000 by this calibration; counted on the other half
   */
  record Half(
      String name,
      List<String> calibratedOn,
      List<String> measuredOn,
      double c0,
      List<OperatingPoint> points) {

    Half {
      calibratedOn = List.copyOf(calibratedOn);
      measuredOn = List.copyOf(measuredOn);
      points = List.copyOf(points);
    }
  }

  /**
   * An FMR predicted by calibrations and the FMRs counted at their thresholds.
   *
   * @param predicted the FMR by the model of one half
   * @param mean the mean of the FMRs counted on the other halves
   * @param worst the highest of them
   */
  record Prediction(double predicted, double mean, double worst) {}
}
