package dev.facet.cli;

import dev.facet.core.faces.Box;
import dev.facet.core.faces.FaceAttributes;
import java.util.Locale;

/** A face in a line. */
final class Summary {

  private Summary() {}

  /** Where a face is, how it is turned and how good it is. */
  static String of(FaceAttributes face) {
    Box area = face.faceArea();
    return String.format(
        Locale.ROOT,
        "face at %d,%d, %d x %d pixels; roll %.0f, pan %.0f, tilt %.0f degrees; quality %.2f",
        area.left(),
        area.top(),
        area.width(),
        area.height(),
        face.roll(),
        face.pan(),
        face.tilt(),
        face.quality());
  }
}
