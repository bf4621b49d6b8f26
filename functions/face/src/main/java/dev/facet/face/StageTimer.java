package dev.facet.face;

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

  /** Does the work, and takes note of its time. */
  <T> T time(Stage stage, Supplier<T> work);
}
