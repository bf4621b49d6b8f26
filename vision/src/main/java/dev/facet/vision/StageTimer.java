package dev.facet.vision;

import java.util.function.Supplier;

/** Watches how long the stages of an extraction take; for benchmarks. */
public interface StageTimer {

  /** The parts of an extraction, in order. */
  enum Stage {
    /** Encoded bytes to upright pixels. */
    DECODE,
    /** Where faces are. */
    DETECT,
    /** 68 points of a face. */
    LANDMARKS,
    /** How the head is turned. */
    POSE,
    /** The face brought into the template's position. */
    ALIGN,
    /** The aligned face to an embedding. */
    EMBED,
    /** How well it will serve recognition. */
    QUALITY
  }

  /** Watches nothing. */
  StageTimer OFF =
      new StageTimer() {
        @Override
        public <T> T time(Stage stage, Supplier<T> work) {
          return work.get();
        }
      };

  /**
   * One look of the detector at a whole photo.
   *
   * @param reduction how many times smaller the photo was decoded
   * @param columns of the picture that the photo was resized to
   * @param rows of it
   * @param width of the canvas in whose upper left corner it lies
   * @param height of the canvas
   * @param levels how many levels of anchors the network answered for
   */
  record Look(int reduction, int columns, int rows, int width, int height, int levels) {}

  /** Takes note of a look. */
  default void looked(Look look) {}

  /** Does the work, and takes note of its time. */
  <T> T time(Stage stage, Supplier<T> work);
}
