package dev.facet.vision;

import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.faces.ExtractedFace;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.faces.FaceExtractor;
import dev.facet.core.faults.CallerFault.MultipleFaces;
import dev.facet.core.faults.CallerFault.NoFace;
import dev.facet.core.gallery.Template;
import dev.facet.vision.images.ImageDecoder;
import dev.facet.vision.images.ImageHeader;
import dev.facet.vision.images.Photo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A face extractor that runs a bundle's networks on PyTorch and OpenCV.
 *
 * <p>Each request takes one core; as many requests run in parallel as there are cores, and others
 * wait. If another core is idle, the pose is estimated on it in parallel with the embedding.
 */
public final class TorchFaceExtractor implements FaceExtractor, AutoCloseable {

  /** Minimum height of a second prominent face, as a share of the largest face's height. */
  private static final double MIN_PROMINENT_HEIGHT = 0.75;

  private static final double MIN_PROMINENT_SCORE = 0.7;

  /** Quality of the only face below which detection runs again, on all scales. */
  private static final double MIN_CERTAIN_QUALITY = 0.4;

  /** Minimum long side, in pixels after the reduction, of a photo decoded at reduced resolution. */
  private static final int MIN_REDUCED_SIDE = 2250;

  /** Face height in rows that suffices for the networks: their inputs have 112 and 224 rows. */
  private static final int MIN_FACE_ROWS = 128;

  /**
   * Settings of an extractor.
   *
   * @param parallel the number of images processed in parallel, usually the number of cores
   * @param maxPixels the maximum number of pixels of an image
   */
  public record Settings(int parallel, long maxPixels) {

    /** Returns the default settings: one request per core, 50 megapixels. */
    public static Settings defaults() {
      return new Settings(Runtime.getRuntime().availableProcessors(), 50_000_000);
    }
  }

  private final BundleManifest manifest;
  private final ImageDecoder decoder;
  private final Networks networks;
  private final StageTimer timer;
  private final List<FacePipeline> pipelines = new ArrayList<>();
  private final WorkerPool<FacePipeline> workers;

  /**
   * Loads a bundle's networks and runs each once.
   *
   * @throws dev.facet.core.bundle.BundleException if one does not fit its manifest
   */
  public TorchFaceExtractor(Bundle bundle, Settings settings) {
    this(bundle, settings, StageTimer.OFF);
  }

  /** Loads a bundle's networks, and measures the stages of each extraction with a timer. */
  public TorchFaceExtractor(Bundle bundle, Settings settings, StageTimer timer) {
    NativeRuntime.prepare();
    this.manifest = bundle.manifest();
    this.decoder = new ImageDecoder(settings.maxPixels());
    this.networks = Networks.load(bundle);
    this.timer = timer;
    this.workers = new WorkerPool<>(settings.parallel(), () -> pipeline(bundle));
  }

  private FacePipeline pipeline(Bundle bundle) {
    FacePipeline pipeline = new FacePipeline(bundle, networks, timer);
    pipelines.add(pipeline);
    return pipeline;
  }

  @Override
  public String bundleId() {
    return manifest.id();
  }

  @Override
  public List<FaceAttributes> describe(byte[] image, int limit) {
    return withPhoto(
            image,
            (pipeline, photo) -> largestFirst(pipeline.all(photo)).stream().limit(limit).toList(),
            (pipeline, photo, faces) -> pipeline.describe(photo, faces, workers))
        .stream()
        .map(ExtractedFace::attributes)
        .toList();
  }

  /**
   * Repeats detection on all scales if the quality is low: a distant group can look like one face.
   */
  @Override
  public ExtractedFace single(byte[] image) {
    ExtractedFace face = single(image, FacePipeline::largest);
    return face.attributes().quality() < MIN_CERTAIN_QUALITY
        ? single(image, FacePipeline::all)
        : face;
  }

  private ExtractedFace single(byte[] image, FaceFinder finder) {
    return withPhoto(
            image,
            (pipeline, photo) -> List.of(prominent(finder.find(pipeline, photo))),
            (pipeline, photo, faces) -> pipeline.describe(photo, faces, workers))
        .getFirst();
  }

  /** Returns the templates of all faces, largest first, without attributes; for benchmarks. */
  public List<Template> templates(byte[] image) {
    return withPhoto(
        image, (pipeline, photo) -> largestFirst(pipeline.all(photo)), FacePipeline::templates);
  }

  /** Finds faces in a photo. */
  private interface FaceFinder {
    List<Detection> find(FacePipeline pipeline, Photo photo);
  }

  /** Computes a result for each detected face. */
  private interface FaceDescriber<T> {
    List<T> describe(FacePipeline pipeline, Photo photo, List<Detection> faces);
  }

  /**
   * Detects faces and computes a result for each. A large photo is decoded at reduced resolution,
   * and again at a higher one only if the smallest face needs it.
   */
  private <T> List<T> withPhoto(byte[] image, FaceFinder finder, FaceDescriber<T> describer) {
    FacePipeline pipeline = workers.take();
    try {
      ImageHeader header = decoder.header(image);
      List<Detection> faces;
      int finalReduction;
      int reduction = reduction(header);
      try (Photo photo = decoded(image, header, reduction)) {
        faces = finder.find(pipeline, photo);
        finalReduction = finalReduction(reduction, faces);
        if (finalReduction == reduction) {
          return describer.describe(pipeline, photo, faces);
        }
      }
      try (Photo photo = decoded(image, header, finalReduction)) {
        return describer.describe(pipeline, photo, faces);
      }
    } finally {
      workers.release(pipeline);
    }
  }

  private Photo decoded(byte[] image, ImageHeader header, int reduction) {
    return timer.time(StageTimer.Stage.DECODE, () -> decoder.decode(image, header, reduction));
  }

  /** Returns the reduction for detection; faces large enough for recognition are still detected. */
  private static int reduction(ImageHeader header) {
    if (!header.reducible()) {
      return 1;
    }
    if (header.longSide() >= 4 * MIN_REDUCED_SIDE) {
      return 4;
    }
    return header.longSide() >= 2 * MIN_REDUCED_SIDE ? 2 : 1;
  }

  /** Returns the reduction that leaves the smallest face at least 128 rows, or 1. */
  private static int finalReduction(int reduction, List<Detection> faces) {
    double smallest = faces.stream().mapToDouble(Detection::height).min().orElseThrow();
    int finalReduction = reduction;
    while (finalReduction > 1 && smallest < finalReduction * MIN_FACE_ROWS) {
      finalReduction /= 2;
    }
    return finalReduction;
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
                    face.height() >= MIN_PROMINENT_HEIGHT * largest.height()
                        && face.score() >= MIN_PROMINENT_SCORE);
    if (others) {
      throw new MultipleFaces();
    }
    return largest;
  }

  @Override
  public void close() {
    workers.close();
    pipelines.forEach(FacePipeline::close);
    networks.close();
  }
}
