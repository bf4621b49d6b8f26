package dev.facet.cli.calibration.degradation;

import dev.facet.core.faces.FaceAttributes;
import dev.facet.vision.images.ImageDecoder;
import dev.facet.vision.images.Photo;

/** A clean, decoded photo of one face whose place is known. Immutable. */
public final class FacePhoto {

  private final String name;
  private final Picture picture;
  private final FacePlace face;

  private FacePhoto(String name, Picture picture, FacePlace face) {
    this.name = name;
    this.picture = picture;
    this.face = face;
  }

  /**
   * Decodes a photo.
   *
   * @param name the photo's name, which also decides the random part of its degradations
   * @param image the encoded photo
   * @param attributes its face, as an extractor described it
   * @throws dev.facet.core.faults.CallerFault.InvalidRequest if the photo can't be decoded
   */
  public static FacePhoto decode(
      String name, byte[] image, FaceAttributes attributes, ImageDecoder decoder) {
    try (Photo photo = decoder.decode(image, decoder.header(image), 1)) {
      return new FacePhoto(
          name,
          Picture.of(photo.pixels()),
          new FacePlace(attributes.rightEye(), attributes.leftEye()));
    }
  }

  /** Returns the photo's name. */
  public String name() {
    return name;
  }

  /** Returns the clean photo as an image file. */
  public byte[] bytes() {
    return picture.bmp();
  }

  Picture picture() {
    return picture;
  }

  FacePlace face() {
    return face;
  }
}
