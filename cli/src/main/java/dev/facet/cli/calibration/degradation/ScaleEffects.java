package dev.facet.cli.calibration.degradation;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_WEBP_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import org.bytedeco.opencv.opencv_core.Size;

/** Effects of few pixels and of lossy compression. */
final class ScaleEffects {

  /** Height of a face, from brow to chin, in eye distances. */
  private static final double FACE_HEIGHT = 2.7;

  private ScaleEffects() {}

  /** Resizes by averaging areas, or by cubic interpolation where the picture grows. */
  static Picture resized(Picture picture, int columns, int rows) {
    boolean shrinks = columns <= picture.width() && rows <= picture.height();
    return picture.filtered(
        (from, to) -> {
          try (Size size = new Size(Math.max(1, columns), Math.max(1, rows))) {
            resize(from, to, size, 0, 0, shrinks ? INTER_AREA : INTER_CUBIC);
          }
        });
  }

  /** Shrinks the photo until the face has a number of rows. */
  static Effect small(int faceRows) {
    return (picture, face, _) -> shrunk(picture, face, faceRows);
  }

  /** Shrinks the photo until the face has a number of rows, and enlarges it again, smoothly. */
  static Effect enlarged(int faceRows) {
    return (picture, face, _) ->
        resized(shrunk(picture, face, faceRows), picture.width(), picture.height());
  }

  private static Picture shrunk(Picture picture, FacePlace face, int faceRows) {
    double scale = Math.min(1, faceRows / (FACE_HEIGHT * face.unit()));
    return resized(
        picture,
        (int) Math.round(picture.width() * scale),
        (int) Math.round(picture.height() * scale));
  }

  /** Replaces squares of the face by their mean; the side is a share of the eye distance. */
  static Effect pixelated(double side) {
    return (picture, face, _) -> {
      int pixels = (int) Math.max(2, Math.round(side * face.unit()));
      Picture small =
          resized(
              picture,
              Math.ceilDiv(picture.width(), pixels),
              Math.ceilDiv(picture.height(), pixels));
      return picture.with(
          (x, y, channel) ->
              small.at(
                  x * small.width() / picture.width(),
                  y * small.height() / picture.height(),
                  channel));
    };
  }

  static Effect jpeg(int quality) {
    return (picture, _, _) -> picture.compressed(".jpg", IMWRITE_JPEG_QUALITY, quality);
  }

  static Effect webp(int quality) {
    return (picture, _, _) -> picture.compressed(".webp", IMWRITE_WEBP_QUALITY, quality);
  }
}
