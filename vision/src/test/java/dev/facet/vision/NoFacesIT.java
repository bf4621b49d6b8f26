package dev.facet.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.FILLED;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.circle;
import static org.bytedeco.opencv.global.opencv_imgproc.ellipse;
import static org.bytedeco.opencv.global.opencv_imgproc.rectangle;

import dev.facet.core.bundle.Bundle;
import dev.facet.core.faults.CallerFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.Test;

/** Drawings that the detector takes for faces. */
class NoFacesIT {

  private static final int PICTURES = 60;

  /** Discs with two dark spots and a mouth, of random proportions: dice, sockets, pumpkins. */
  private static List<byte[]> drawings() {
    Random random = new Random(3);
    List<byte[]> drawings = new ArrayList<>();
    for (int i = 0; i < PICTURES; i++) {
      Mat picture = new Mat(320, 320, CV_8UC3, colour(random, 150));
      Point middle = new Point(160, 160);
      if (random.nextBoolean()) {
        circle(picture, middle, 90 + random.nextInt(40), colour(random, 200), FILLED, LINE_AA, 0);
      } else {
        rectangle(
            picture,
            new Point(60, 50),
            new Point(260, 280),
            colour(random, 200),
            FILLED,
            LINE_AA,
            0);
      }
      int apart = 30 + random.nextInt(20);
      int spot = 8 + random.nextInt(14);
      circle(picture, new Point(160 - apart, 130), spot, colour(random, 40), FILLED, LINE_AA, 0);
      circle(picture, new Point(160 + apart, 130), spot, colour(random, 40), FILLED, LINE_AA, 0);
      circle(picture, new Point(160, 165), spot / 2, colour(random, 90), FILLED, LINE_AA, 0);
      Size mouth = new Size(20 + random.nextInt(25), 6 + random.nextInt(12));
      ellipse(
          picture, new Point(160, 205), mouth, 0, 0, 360, colour(random, 60), FILLED, LINE_AA, 0);
      drawings.add(Photos.jpeg(picture));
    }
    return drawings;
  }

  private static Scalar colour(Random random, int around) {
    return new Scalar(level(random, around), level(random, around), level(random, around), 0);
  }

  private static int level(Random random, int around) {
    return Math.clamp(around + random.nextInt(81) - 40L, 0, 255);
  }

  private static int detections(TorchFaceExtractor extractor, List<byte[]> images) {
    int found = 0;
    for (byte[] image : images) {
      try {
        found += extractor.describe(image, 20).size();
      } catch (CallerFault.NoFace e) {
        // as it should be
      }
    }
    return found;
  }

  private static int enrolments(TorchFaceExtractor extractor, List<byte[]> images) {
    int enrolled = 0;
    for (byte[] image : images) {
      try {
        enrolled += extractor.single(image).measurable() ? 1 : 0;
      } catch (CallerFault e) {
        // as it should be
      }
    }
    return enrolled;
  }

  @Test
  void drawings_are_hardly_ever_faces_and_never_measurable() {
    Bundle bundle = Photos.measuringBundle();
    Bundle before = new Bundle(bundle.folder(), Manifests.with(bundle.manifest(), null));
    List<byte[]> drawings = drawings();
    int unconfirmed;
    try (TorchFaceExtractor extractor =
        new TorchFaceExtractor(before, TorchFaceExtractor.Settings.defaults())) {
      unconfirmed = detections(extractor, drawings);
    }
    assertThat(unconfirmed).isGreaterThanOrEqualTo(20);

    try (TorchFaceExtractor extractor =
        new TorchFaceExtractor(bundle, TorchFaceExtractor.Settings.defaults())) {
      assertThat(detections(extractor, drawings)).isLessThanOrEqualTo(unconfirmed / 10);
      assertThat(enrolments(extractor, drawings)).isZero();
    }
  }
}
