package dev.facet.vision;

import java.util.function.Supplier;

/** Measures the duration of the stages of an extraction, for benchmarks. */
public interface StageTimer {

  /** The stages of an extraction, in order. */
  enum Stage {
    /** Decodes the encoded bytes into upright pixels. */
    DECODE,
    /** Detects faces. */
    DETECT,
    /** Finds the 68 landmarks of a face. */
    LANDMARKS,
    /** Estimates the pose of the head. */
    POSE,
    /** Aligns the face to the template. */
    ALIGN,
    /** Computes the embedding of the aligned face. */
    EMBED,
    /** Assesses the face's quality. */
    QUALITY
  }

  /** A timer that measures nothing. */
  StageTimer OFF =
      new StageTimer() {
        @Override
        public <T> T time(Stage stage, Supplier<T> work) {
          return work.get();
        }
      };

  /**
   * One pass of the detector over a whole photo.
   *
   * @param reduction the factor by which the decoded photo is smaller than the full image
   * @param columns columns of the resized photo
   * @param rows rows of the resized photo
   * @param width columns of the canvas that holds the resized photo in its upper left corner
   * @param height rows of the canvas
   * @param levels the number of anchor levels in the network's output
   */
  record Look(int reduction, int columns, int rows, int width, int height, int levels) {}

  /** Records a pass. */
  default void looked(Look look) {}

  /** Runs the work, records its duration and returns its result. */
  <T> T time(Stage stage, Supplier<T> work);
}
