package dev.facet.core.bundle;

import java.util.List;

/**
 * What a bundle says of itself ({@code manifest.json}). A bundle is a folder with a manifest and
 * the TorchScript files that it names; templates of different bundles mean nothing to each other.
 *
 * @param schema the manifest's form, 1
 * @param id the bundle's name, which galleries carry: lower-case letters, digits, {@code -} and
 *     {@code .}
 * @param version the bundle's version, for people
 * @param detector finds faces
 * @param landmarks finds 68 points in the crop of a face
 * @param pose tells the head's three angles
 * @param embedding turns an aligned face into a template
 * @param calibration what similarities mean
 */
public record BundleManifest(
    int schema,
    String id,
    String version,
    Detector detector,
    Landmarks landmarks,
    Pose pose,
    Embedding embedding,
    CalibrationTable calibration) {

  /** The manifest's file name within a bundle. */
  public static final String FILE = "manifest.json";

  /** Checks what JSON can't say. */
  public BundleManifest {
    Rules.require(schema == 1, "schema must be 1, not " + schema);
    Rules.require(
        id != null && id.matches("[a-z0-9][a-z0-9.-]{0,63}"),
        "id must be 1..64 lower-case letters, digits, - and .");
    Rules.present(version, "version");
    Rules.present(detector, "detector");
    Rules.present(landmarks, "landmarks");
    Rules.present(pose, "pose");
    Rules.present(embedding, "embedding");
    Rules.present(calibration, "calibration");
  }

  /**
   * Finds faces: a convolutional network over pictures of any size whose sides are multiples of the
   * largest step. Outputs: {@code scores} 1 × anchors × 2 (background, face; they sum to 1) and
   * {@code regressions} 1 × anchors × 4 (raw centre and size offsets).
   *
   * @param net the network
   * @param anchors where it looks
   * @param parts networks that serve where only small anchors count; fewest levels first, and empty
   *     if there are none
   * @param score the least score of a face
   * @param overlap intersection over union from which on two boxes are one face
   */
  public record Detector(Net net, Anchors anchors, List<Part> parts, double score, double overlap) {
    /** Checks the ranges. */
    public Detector {
      Rules.present(net, "detector.net");
      Rules.present(anchors, "detector.anchors");
      Rules.present(parts, "detector.parts");
      parts = List.copyOf(parts);
      int least = 1;
      for (Part part : parts) {
        Rules.require(
            part.levels() >= least && part.levels() < anchors.steps().size(),
            "detector.parts must have fewer levels than detector.anchors, each part more than the"
                + " one before");
        least = part.levels() + 1;
      }
      Rules.fraction(score, "detector.score");
      Rules.fraction(overlap, "detector.overlap");
    }
  }

  /**
   * Answers as the detector does, for the first levels of its anchors alone and so in less time;
   * the pictures' sides are multiples of the largest step among those.
   *
   * @param net the network
   * @param levels for how many levels
   */
  public record Part(Net net, int levels) {
    /** Checks presence. */
    public Part {
      Rules.present(net, "detector.parts.net");
    }
  }

  /**
   * Finds 68 points (the order of the iBUG 300-W set) in the crop of a face: 136 numbers, x and y
   * in turn, as fractions of the crop's width and height.
   */
  public record Landmarks(Net net) {
    /** Checks presence. */
    public Landmarks {
      Rules.present(net, "landmarks.net");
    }
  }

  /**
   * Tells yaw, pitch and roll of a face's crop, each as logits over bins; the angle is the mean bin
   * × {@code binWidth} + {@code offset}, in degrees (HopeNet, Ruiz et al. 2018).
   */
  public record Pose(Net net, double binWidth, double offset) {
    /** Checks presence. */
    public Pose {
      Rules.present(net, "pose.net");
    }
  }

  /**
   * Turns an aligned face into an embedding, not yet normalised: its norm tells of quality.
   *
   * @param net the network
   * @param dimension how many numbers
   * @param usualNorm the norm of an embedding of a good photo
   */
  public record Embedding(Net net, int dimension, double usualNorm) {
    /** Checks the ranges. */
    public Embedding {
      Rules.present(net, "embedding.net");
      Rules.require(dimension >= 1 && dimension <= 4096, "embedding.dimension must be 1..4096");
      Rules.require(usualNorm > 0, "embedding.usualNorm must be positive");
    }
  }
}
