package dev.facet.cli.calibration.degradation;

import java.util.random.RandomGenerator;

/** Spoils a picture at a given strength. The same arguments give the same picture. */
interface Effect {

  /**
   * Returns the spoilt picture.
   *
   * @param picture the clean photo
   * @param face the place of its face
   * @param random decides what differs from photo to photo, such as the direction of a blur
   */
  Picture apply(Picture picture, FacePlace face, RandomGenerator random);
}
