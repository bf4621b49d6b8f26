package dev.facet.vision;

import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.faces.ExtractedFace;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.faces.FaceExtractor;
import dev.facet.core.faults.CallerFault.MultipleFaces;
import dev.facet.core.faults.CallerFault.NoFace;
import dev.facet.core.gallery.Template;
import dev.facet.core.retry.Deadline;
import dev.facet.vision.images.ImageDecoder;
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

  /**
   * Settings of an extractor.
   *
   * @param parallel the number of images processed in parallel, usually the number of cores
   * @param maxPixels the maximum number of pixels of an image
   * @param gated whether faces that are not measurable by the bundle's calibration are marked so;
   *     false only for benchmarks that show the effect of it
   */
  public record Settings(int parallel, long maxPixels, boolean gated) {

    /** Creates settings under which faces that are not measurable are marked so. */
    public Settings(int parallel, long maxPixels) {
      this(parallel, maxPixels, true);
    }

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
    this.workers = new WorkerPool<>(settings.parallel(), () -> pipeline(bundle, settings));
  }

  private FacePipeline pipeline(Bundle bundle, Settings settings) {
    FacePipeline pipeline = new FacePipeline(bundle, networks, settings.gated(), timer);
    pipelines.add(pipeline);
    return pipeline;
  }

  @Override
  public String bundleId() {
    return manifest.id();
  }

  @Override
  public List<FaceAttributes> describe(byte[] image, int limit, Deadline deadline) {
    return extracting(
        image,
        deadline,
        (pipeline, decoded, stages) -> {
          List<Detection> faces =
              largestFirst(pipeline.all(decoded.forDetection(), stages)).stream()
                  .limit(limit)
                  .toList();
          return pipeline.describe(decoded.forFaces(faces), faces, stages, workers).stream()
              .map(ExtractedFace::attributes)
              .toList();
        });
  }

  /**
   * Repeats detection on all scales if the quality is low: a distant group can look like one face.
   */
  @Override
  public ExtractedFace single(byte[] image, Deadline deadline) {
    return extracting(
        image,
        deadline,
        (pipeline, decoded, stages) -> {
          List<Detection> largest = pipeline.largest(decoded.forDetection(), stages);
          ExtractedFace face = single(pipeline, decoded, stages, largest);
          return face.attributes().quality() < MIN_CERTAIN_QUALITY
              ? single(pipeline, decoded, stages, pipeline.all(decoded.forDetection(), stages))
              : face;
        });
  }

  private ExtractedFace single(
      FacePipeline pipeline, DecodedImage decoded, Stages stages, List<Detection> found) {
    List<Detection> face = List.of(prominent(found));
    return pipeline.describe(decoded.forFaces(face), face, stages, workers).getFirst();
  }

  /** Returns the templates of all faces, largest first, without attributes; for benchmarks. */
  public List<Template> templates(byte[] image) {
    return extracting(
        image,
        Deadline.NONE,
        (pipeline, decoded, stages) -> {
          List<Detection> faces = largestFirst(pipeline.all(decoded.forDetection(), stages));
          return pipeline.templates(decoded.forFaces(faces), faces, stages);
        });
  }

  /** The work on one image. */
  private interface Extraction<T> {
    T run(FacePipeline pipeline, DecodedImage decoded, Stages stages);
  }

  private <T> T extracting(byte[] image, Deadline deadline, Extraction<T> extraction) {
    Stages stages = new Stages(timer, deadline);
    FacePipeline pipeline = workers.take(deadline);
    try (DecodedImage decoded = new DecodedImage(decoder, image, stages)) {
      return extraction.run(pipeline, decoded, stages);
    } finally {
      workers.release(pipeline);
    }
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
