package dev.facet.vision;

import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.bundle.Net;
import dev.facet.vision.images.Photo;
import java.util.List;
import java.util.stream.IntStream;

/** Estimates the pose of heads. Not safe for concurrent use. */
final class PoseEstimator implements AutoCloseable {

  /** Margin around the face in the network's input on each side, as a share of the face's side. */
  private static final double CROP_MARGIN = 0.25;

  private final BundleManifest.Pose manifest;
  private final Network.Feed feed;

  PoseEstimator(BundleManifest.Pose manifest, Network network) {
    this.manifest = manifest;
    this.feed = network.feed();
  }

  /**
   * A head's pose in degrees.
   *
   * @param pan to the side; positive towards the image's left, the subject's right
   * @param tilt positive up
   * @param roll in the image's plane, clockwise positive
   */
  record Pose(double pan, double tilt, double roll) {}

  /**
   * Returns the pose of each face, in the same order.
   *
   * @param photo the photo
   * @param faces their boxes
   * @param landmarks their landmarks; the line between the eyes gives a better roll than the
   *     network, whose other angles are wrong by 10 degrees and more on a face that is rolled by
   *     20, so each face is turned upright first
   */
  List<Pose> estimate(Photo photo, List<Detection> faces, List<Landmarks> landmarks) {
    Net.Input input = manifest.net().input();
    try (MatBatch seen =
        MatBatch.of(
            IntStream.range(0, faces.size()).boxed().toList(),
            i ->
                RotatedCrop.of(photo, faces.get(i).widened(CROP_MARGIN), landmarks.get(i).roll())
                    .resized(input.width(), input.height()))) {
      List<float[][]> logits = feed.run(seen.mats());
      return IntStream.range(0, faces.size())
          .mapToObj(i -> pose(logits.get(i), landmarks.get(i)))
          .toList();
    }
  }

  private Pose pose(float[][] logits, Landmarks landmarks) {
    return new Pose(angle(logits[0]), angle(logits[1]), landmarks.roll());
  }

  /** Returns the expected angle in degrees: the mean of the bins weighted by their softmax. */
  private double angle(float[] logits) {
    double most = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      most = Math.max(most, logit);
    }
    double weights = 0;
    double sum = 0;
    for (int bin = 0; bin < logits.length; bin++) {
      double weight = Math.exp(logits[bin] - most);
      weights += weight;
      sum += weight * bin;
    }
    return sum / weights * manifest.binWidth() + manifest.offset();
  }

  @Override
  public void close() {
    feed.close();
  }
}
