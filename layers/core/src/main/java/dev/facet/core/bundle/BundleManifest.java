package dev.facet.core.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bundle's manifest ({@code manifest.json}). A bundle is a folder with a manifest and the
 * TorchScript files that it names. Templates of different bundles are not comparable.
 *
 * @param schema the version of the manifest's schema, 1 or 2
 * @param id the bundle's name, which galleries carry: lower-case letters, digits, {@code -} and
 *     {@code .}
 * @param version the bundle's version, for human readers
 * @param detector detects faces
 * @param landmarks locates 68 points in the crop of a face
 * @param pose estimates the head's three angles
 * @param embedding maps an aligned face to a template
 * @param calibration the map from similarities to scores, and error rates
 * @param measurability which faces can be compared at all, and how far a score can be trusted;
 *     absent in schema 1, where every face passes
 */
public record BundleManifest(
    int schema,
    String id,
    String version,
    Detector detector,
    Landmarks landmarks,
    Pose pose,
    Embedding embedding,
    CalibrationTable calibration,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Measurability measurability) {

  /** The manifest's file name within a bundle. */
  public static final String FILE = "manifest.json";

  /** The newest manifest format that this version knows. */
  static final int SCHEMA = 2;

  /** The format without {@link Measurability}. */
  static final int FIRST_SCHEMA = 1;

  /** Checks rules that JSON cannot express. */
  public BundleManifest {
    Rules.require(
        schema == FIRST_SCHEMA || schema == SCHEMA, "schema must be 1 or 2, not " + schema);
    Rules.require(
        (schema == FIRST_SCHEMA) == (measurability == null),
        "measurability must be provided in schema 2, and only there");
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
   * The face detector: a convolutional network for images of any size with sides that are multiples
   * of the largest step. Outputs: {@code scores} 1 × anchors × 2 (background, face; they sum to 1)
   * and {@code regressions} 1 × anchors × 4 (raw centre and size offsets).
   *
   * @param net the network
   * @param anchors the anchor boxes of its outputs
   * @param parts networks for cases in which only small anchors matter; fewest levels first, may be
   *     empty
   * @param score the least score of a face
   * @param overlap the IoU (intersection over union) from which two boxes count as the same face
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
   * A part of the detector with the same outputs for the first levels of its anchors alone, and so
   * less computation. The images' sides are multiples of the largest step among these levels.
   *
   * @param net the network
   * @param levels the number of levels
   */
  public record Part(Net net, int levels) {
    /** Checks presence. */
    public Part {
      Rules.present(net, "detector.parts.net");
    }
  }

  /**
   * The landmark network: it locates 68 points (in the order of the iBUG 300-W set) in the crop of
   * a face. Its output is 136 numbers, x and y alternating, as fractions of the crop's width and
   * height.
   */
  public record Landmarks(Net net) {
    /** Checks presence. */
    public Landmarks {
      Rules.present(net, "landmarks.net");
    }
  }

  /**
   * The pose network: it estimates yaw, pitch and roll from a face's crop, each as logits over
   * bins. The angle is the mean bin × {@code binWidth} + {@code offset}, in degrees (HopeNet, Ruiz
   * et al. 2018).
   */
  public record Pose(Net net, double binWidth, double offset) {
    /** Checks presence. */
    public Pose {
      Rules.present(net, "pose.net");
    }
  }

  /**
   * The embedding network: it maps an aligned face to an embedding that is not yet normalised,
   * because its norm indicates quality.
   *
   * @param net the network
   * @param dimension the embedding's length
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
