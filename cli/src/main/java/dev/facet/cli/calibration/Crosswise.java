package dev.facet.cli.calibration;

import java.util.List;

/**
 * What calibrations promise for people that they have not seen. A calibration that is measured on
 * its own photos flatters itself.
 *
 * @param halves calibrated on one half of the people and measured on the other, and the reverse
 * @param promises how FMRs that one half promised turned out on the other, over many random
 *     halvings of the people
 * @param halvings how many
 */
record Crosswise(List<Half> halves, List<Promise> promises, int halvings) {

  Crosswise {
    halves = List.copyOf(halves);
    promises = List.copyOf(promises);
  }

  /**
   * One half's calibration measured on the other.
   *
   * @param name which half on which
   * @param calibratedOn names
   * @param measuredOn names
   * @param c0 the similarity that scores 7000 by this half
   * @param points the scores 5000, 6000, 7000, 8000 by this half; counted on the other
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
   * An FMR at which thresholds were set, and what came of it.
   *
   * @param promised the FMR by the model of one half
   * @param mean the FMR counted on the other, averaged
   * @param worst the highest one
   */
  record Promise(double promised, double mean, double worst) {}
}
