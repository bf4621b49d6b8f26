package dev.facet.vision;

import dev.facet.vision.images.ImageDecoder;
import dev.facet.vision.images.ImageHeader;
import dev.facet.vision.images.Photo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An image that is decoded on demand, at each resolution at most once. A large photo is decoded at
 * reduced resolution for detection, and at a higher one only if the smallest face needs it. At most
 * one orientation is kept beside that of the photo as it was sent: the pixels of an earlier one are
 * freed when another is asked for. Closing it frees the rest. Not safe for concurrent use.
 */
final class DecodedImage implements AutoCloseable {

  /** Minimum long side, in pixels after the reduction, of a photo decoded at reduced resolution. */
  private static final int MIN_REDUCED_SIDE = 2250;

  /** Face height in rows that suffices for the networks: their inputs have 112 and 224 rows. */
  private static final int MIN_FACE_ROWS = 128;

  private final ImageDecoder decoder;
  private final byte[] image;
  private final ImageHeader header;
  private final Stages stages;
  private final Map<View, Photo> photos = new HashMap<>();

  /** A resolution and an orientation. */
  private record View(int reduction, Orientation orientation) {}

  /**
   * Reads the header.
   *
   * @throws dev.facet.core.faults.CallerFault.InvalidRequest if it is not an image within the
   *     decoder's limits
   */
  DecodedImage(ImageDecoder decoder, byte[] image, Stages stages) {
    this.decoder = decoder;
    this.image = image;
    this.header = decoder.header(image);
    this.stages = stages;
  }

  /** Returns the pixels at the resolution for detection, turned. */
  Photo forDetection(Orientation orientation) {
    return turned(reduction(), orientation);
  }

  /**
   * Returns the pixels at the resolution for recognition of all given faces of the turned photo.
   */
  Photo forFaces(List<Detection> faces, Orientation orientation) {
    double smallest = faces.stream().mapToDouble(Detection::height).min().orElseThrow();
    int reduction = reduction();
    while (reduction > 1 && smallest < reduction * MIN_FACE_ROWS) {
      reduction /= 2;
    }
    return turned(reduction, orientation);
  }

  /** Returns the reduction for detection; faces large enough for recognition are still detected. */
  private int reduction() {
    if (!header.reducible() || header.longSide() < 2 * MIN_REDUCED_SIDE) {
      return 1;
    }
    return header.longSide() >= 4 * MIN_REDUCED_SIDE ? 4 : 2;
  }

  private Photo turned(int reduction, Orientation orientation) {
    View view = new View(reduction, orientation);
    Photo known = photos.get(view);
    if (known != null) {
      return known;
    }
    if (orientation != Orientation.AS_SENT) {
      freeOthers(orientation);
    }
    Photo photo =
        orientation == Orientation.AS_SENT
            ? stages.run(StageTimer.Stage.DECODE, () -> decoder.decode(image, header, reduction))
            : orientation.turned(turned(reduction, Orientation.AS_SENT));
    photos.put(view, photo);
    return photo;
  }

  private void freeOthers(Orientation orientation) {
    photos
        .entrySet()
        .removeIf(
            entry -> {
              Orientation kept = entry.getKey().orientation();
              boolean other = kept != Orientation.AS_SENT && kept != orientation;
              if (other) {
                entry.getValue().close();
              }
              return other;
            });
  }

  @Override
  public void close() {
    photos.values().forEach(Photo::close);
  }
}
