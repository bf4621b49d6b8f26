package dev.facet.models;

import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.CalibrationTable;
import dev.facet.core.bundle.Measurability;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The tables that were fitted for a bundle on photos: resources in a folder with its id. */
final class Fitted {

  private Fitted() {}

  static CalibrationTable calibration(String bundle) throws IOException {
    try (InputStream json = open(bundle, "calibration.json")) {
      return Bundle.parseCalibration(json);
    }
  }

  static Measurability measurability(String bundle) throws IOException {
    try (InputStream json = open(bundle, "measurability.json")) {
      return Bundle.parseMeasurability(json);
    }
  }

  private static InputStream open(String bundle, String file) {
    String name = bundle + "/" + file;
    return Objects.requireNonNull(Fitted.class.getResourceAsStream(name), name);
  }
}
