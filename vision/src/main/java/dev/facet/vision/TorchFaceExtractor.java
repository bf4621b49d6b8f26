package dev.facet.vision;

import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.faces.ExtractedFace;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.faces.FaceExtractor;
import dev.facet.core.gallery.Template;
import dev.facet.core.retry.Deadline;
import dev.facet.vision.images.ImageDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A face extractor that runs a bundle's networks on PyTorch and OpenCV.
 *
 * <p>Each request takes one core; as many requests run in parallel as there are cores, and others
 * wait. If another core is idle, the pose is estimated on it in parallel with the embedding.
 */
public final class TorchFaceExtractor implements FaceExtractor, AutoCloseable {

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
    this(bundle, settings, timer, new SharedModels());
  }

  /**
   * Loads those of a bundle's networks that no other extractor has loaded.
   *
   * @param models is shared by the extractors
   */
  public TorchFaceExtractor(
      Bundle bundle, Settings settings, StageTimer timer, SharedModels models) {
    NativeRuntime.prepare();
    this.manifest = bundle.manifest();
    this.decoder = new ImageDecoder(settings.maxPixels());
    this.networks = Networks.load(bundle, models);
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
    return searching(
        image,
        deadline,
        search -> search.all(limit).stream().map(ExtractedFace::attributes).toList());
  }

  @Override
  public List<FaceAttributes> describeWithComponents(byte[] image, int limit, Deadline deadline) {
    return searching(
        image,
        true,
        deadline,
        search -> search.all(limit).stream().map(ExtractedFace::attributes).toList());
  }

  @Override
  public ExtractedFace single(byte[] image, Deadline deadline) {
    return searching(image, deadline, ImageSearch::single);
  }

  /** Returns all faces with their templates, largest first; for benchmarks. */
  public List<ExtractedFace> all(byte[] image, int limit) {
    return searching(image, Deadline.NONE, search -> search.all(limit));
  }

  /** Returns the templates of all faces, largest first, without attributes; for benchmarks. */
  public List<Template> templates(byte[] image, int limit) {
    return searching(image, Deadline.NONE, search -> search.templates(limit));
  }

  private <T> T searching(byte[] image, Deadline deadline, Function<ImageSearch, T> work) {
    return searching(image, false, deadline, work);
  }

  private <T> T searching(
      byte[] image, boolean components, Deadline deadline, Function<ImageSearch, T> work) {
    Stages stages = new Stages(timer, deadline);
    FacePipeline pipeline = workers.take(deadline);
    try (DecodedImage decoded = new DecodedImage(decoder, image, stages)) {
      return work.apply(new ImageSearch(manifest, components, pipeline, decoded, stages, workers));
    } finally {
      workers.release(pipeline);
    }
  }

  @Override
  public void close() {
    workers.close();
    pipelines.forEach(FacePipeline::close);
    networks.close();
  }
}
