package dev.facet.vision;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.addWeighted;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import java.util.Random;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/** Random textures in the size of an aligned face, with detail of every size and no direction. */
final class Textures {

  private Textures() {}

  static Mat grey() {
    Random random = new Random(7);
    Mat texture = new Mat(Alignment.SIDE, Alignment.SIDE, CV_8UC1, new Scalar(128));
    for (int side = 7; side < Alignment.SIDE; side *= 2) {
      Mat spots = new Mat(side, side, CV_8UC1);
      byte[] levels = new byte[side * side];
      random.nextBytes(levels);
      spots.data().put(levels, 0, levels.length);
      Mat large = new Mat();
      resize(spots, large, new Size(Alignment.SIDE, Alignment.SIDE));
      addWeighted(texture, 0.6, large, 0.4, 0, texture);
    }
    return texture;
  }

  static Mat colours() {
    Mat colours = new Mat(Alignment.SIDE, Alignment.SIDE, CV_8UC3);
    cvtColor(grey(), colours, COLOR_GRAY2BGR);
    return colours;
  }
}
