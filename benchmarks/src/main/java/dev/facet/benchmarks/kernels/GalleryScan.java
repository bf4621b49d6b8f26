package dev.facet.benchmarks.kernels;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.gallery.Galleries;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.GalleryLimits;
import dev.facet.core.gallery.GalleryView;
import dev.facet.core.gallery.Match;
import dev.facet.core.gallery.Template;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Benchmark of one exact search of a gallery in memory: 512 coordinates per template, one thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GalleryScan {

  private static final int DIMENSION = 512;

  /** Approximately the cosine of score 7000. */
  private static final double THRESHOLD = 0.36;

  private static final int LIMIT = 10;

  /** The number of templates in the gallery. */
  @Param({"10000", "100000"})
  public int templates;

  private @Nullable GalleryView gallery;
  private @Nullable Template probe;

  /** Fills the gallery. */
  @Setup
  public void fill() {
    SplittableRandom random = new SplittableRandom(1);
    GalleryId id = new GalleryId(new ApplicationId(new UUID(0, 1)), "image/benchmark");
    Galleries galleries =
        new Galleries(
            new FixedLog(templates, DIMENSION, random),
            GalleryLimits.unlimited(4L << 30),
            InstantSource.system(),
            random);
    gallery = galleries.open(id).current(Instant.now().plus(Duration.ofMinutes(2)));
    probe = FixedLog.template(DIMENSION, random);
  }

  /** Runs a threshold search as requests do. */
  @Benchmark
  public List<Match> search() {
    return Objects.requireNonNull(gallery).search(Objects.requireNonNull(probe), THRESHOLD, LIMIT);
  }
}
