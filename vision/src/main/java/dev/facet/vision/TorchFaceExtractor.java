package dev.facet.vision;

import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.faces.ExtractedFace;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.faces.FaceExtractor;
import dev.facet.core.faults.MultipleFaces;
import dev.facet.core.faults.NoFace;
import dev.facet.core.gallery.Template;
import dev.facet.vision.images.ImageDecoder;
import dev.facet.vision.images.ImageHeader;
import dev.facet.vision.images.Photo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Sees faces with a bundle's networks on PyTorch and OpenCV.
 *
 * <p>Each request takes one core; as many run side by side as there are cores, others wait. While a
 * core is idle, it estimates the pose beside the embedding.
 */
public final class TorchFaceExtractor implements FaceExtractor, AutoCloseable {

  /** The second face's least height, as a share of the largest's, to be prominent. */
  private static final double PROMINENT_HEIGHT = 0.75;

  private static final double PROMINENT_SCORE = 0.7;

  /**
   * Below this quality a face is looked for once more, with all that may be beside or within it.
   */
  private static final double DOUBTFUL = 0.4;

  /** The least long side in pixels in which faces are looked for where the photo has more. */
  private static final int FIRST_LOOK = 2250;

  /** Rows of a face beyond which networks see no more of it: they look at 112 and 224. */
  private static final int ENOUGH = 128;

  /**
   * How it works.
   *
   * @param parallel how many images are looked at side by side, usually the number of cores
   * @param maxPixels the most pixels of an image
   */
  public record Settings(int parallel, long maxPixels) {

    /** One request a core, 50 megapixels. */
    public static Settings defaults() {
      return new Settings(Runtime.getRuntime().availableProcessors(), 50_000_000);
    }
  }

  private final BundleManifest manifest;
  private final ImageDecoder decoder;
  private final Networks networks;
  private final StageTimer timer;
  private final List<FaceSight> sights = new ArrayList<>();
  private final Cores<FaceSight> cores;

  /**
   * Loads a bundle's networks and tries them.
   *
   * @throws dev.facet.core.bundle.BundleException if one does not fit its manifest
   */
  public TorchFaceExtractor(Bundle bundle, Settings settings) {
    this(bundle, settings, StageTimer.OFF);
  }

  /** The same, watched by a timer. */
  public TorchFaceExtractor(Bundle bundle, Settings settings, StageTimer timer) {
    Torch.prepare();
    this.manifest = bundle.manifest();
    this.decoder = new ImageDecoder(settings.maxPixels());
    this.networks = Networks.load(bundle);
    this.timer = timer;
    this.cores = new Cores<>(settings.parallel(), () -> sight(bundle));
  }

  private FaceSight sight(Bundle bundle) {
    FaceSight sight = new FaceSight(bundle, networks, timer);
    sights.add(sight);
    return sight;
  }

  @Override
  public String bundleId() {
    return manifest.id();
  }

  @Override
  public List<FaceAttributes> describe(byte[] image, int limit) {
    return seeing(
            image,
            (sight, photo) -> largestFirst(sight.all(photo)).stream().limit(limit).toList(),
            (sight, photo, faces) -> sight.describe(photo, faces, cores))
        .stream()
        .map(ExtractedFace::attributes)
        .toList();
  }

  /** What does not look much like a face from nearer by may have been a crowd at a glance. */
  @Override
  public ExtractedFace single(byte[] image) {
    ExtractedFace face = single(image, FaceSight::largest);
    return face.attributes().quality() < DOUBTFUL ? single(image, FaceSight::all) : face;
  }

  private ExtractedFace single(byte[] image, Finding finding) {
    return seeing(
            image,
            (sight, photo) -> List.of(prominent(finding.in(sight, photo))),
            (sight, photo, faces) -> sight.describe(photo, faces, cores))
        .getFirst();
  }

  /** The templates of all faces, largest first, without anything else; for benchmarks. */
  public List<Template> templates(byte[] image) {
    return seeing(image, (sight, photo) -> largestFirst(sight.all(photo)), FaceSight::templates);
  }

  /** Finds faces in a photo. */
  private interface Finding {
    List<Detection> in(FaceSight sight, Photo photo);
  }

  /** Tells of each of them. */
  private interface Telling<T> {
    List<T> of(FaceSight sight, Photo photo, List<Detection> faces);
  }

  /**
   * Faces are found in a large photo at a part of its resolution; it takes small ones to see more.
   */
  private <T> List<T> seeing(byte[] image, Finding finding, Telling<T> telling) {
    FaceSight sight = cores.take();
    try {
      ImageHeader header = decoder.header(image);
      List<Detection> faces;
      int wanted;
      try (Photo photo = decoded(image, header, reduction(header))) {
        faces = finding.in(sight, photo);
        // not every format is decoded in part
        int reduction = (int) Math.round(photo.scaleX());
        wanted = wanted(reduction, faces);
        if (wanted == reduction) {
          return telling.of(sight, photo, faces);
        }
      }
      try (Photo photo = decoded(image, header, wanted)) {
        return telling.of(sight, photo, faces);
      }
    } finally {
      cores.release(sight);
    }
  }

  private Photo decoded(byte[] image, ImageHeader header, int reduction) {
    return timer.time(StageTimer.Stage.DECODE, () -> decoder.decode(image, header, reduction));
  }

  /** Whoever can be recognised is found in so many columns. */
  private static int reduction(ImageHeader header) {
    if (header.longSide() >= 4 * FIRST_LOOK) {
      return 4;
    }
    return header.longSide() >= 2 * FIRST_LOOK ? 2 : 1;
  }

  /** The reduction that leaves enough of the smallest face. */
  private static int wanted(int reduction, List<Detection> faces) {
    double smallest = faces.stream().mapToDouble(Detection::height).min().orElseThrow();
    int wanted = reduction;
    while (wanted > 1 && smallest < wanted * ENOUGH) {
      wanted /= 2;
    }
    return wanted;
  }

  private static List<Detection> largestFirst(List<Detection> faces) {
    if (faces.isEmpty()) {
      throw new NoFace();
    }
    return faces.stream().sorted(Comparator.comparingDouble(Detection::area).reversed()).toList();
  }

  private static Detection prominent(List<Detection> faces) {
    List<Detection> sorted = largestFirst(faces);
    Detection largest = sorted.getFirst();
    boolean others =
        sorted.stream()
            .skip(1)
            .anyMatch(
                face ->
                    face.height() >= PROMINENT_HEIGHT * largest.height()
                        && face.score() >= PROMINENT_SCORE);
    if (others) {
      throw new MultipleFaces();
    }
    return largest;
  }

  @Override
  public void close() {
    cores.close();
    sights.forEach(FaceSight::close);
    networks.close();
  }
}
