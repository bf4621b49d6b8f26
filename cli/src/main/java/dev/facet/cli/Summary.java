package dev.facet.cli;

import dev.facet.core.faces.Box;
import dev.facet.core.faces.FaceAttributes;
import java.util.Locale;

/** Formats a face as one line of text. */
final class Summary {

  private Summary() {}

  /** Returns the position, size, pose and quality of a face. */
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
