package dev.facet.face;

import dev.facet.core.bundle.Net;

/** What becomes of a pixel's channel before a network sees it. */
final class Normalisation {

  private Normalisation() {}

  /** Per channel of the network, the input for each of the 256 levels. */
  static float[][] levels(Net.Input input) {
    float[][] levels = new float[input.colours().channels()][256];
    for (int c = 0; c < levels.length; c++) {
      for (int level = 0; level < 256; level++) {
        levels[c][level] = (float) ((level - input.offset().get(c)) * input.scale().get(c));
      }
    }
    return levels;
  }

  /** Where a channel of the network lies in pixels that are stored blue, green, red, or grey. */
  static int channel(Net.Colours colours, int channel) {
    return switch (colours) {
      case RGB -> 2 - channel;
      case BGR, GREY -> channel;
    };
  }
}
