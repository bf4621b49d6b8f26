package dev.facet.core.gallery;

import dev.facet.core.subjects.SubjectId;
import dev.facet.core.vector.FloatDotProduct;
import dev.facet.core.vector.Int8Codes;
import dev.facet.core.vector.VectorKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The content of a {@link MemoryIndex} after one of its log entries.
 *
 * @param position the position of the entry
 * @param token the token of the entry; null if it has none, empty before the first entry
 * @param count templates of enrolled subjects
 * @param factors the rows per factor, of factors that an enrolled subject has
 * @param present the number of rows of enrolled subjects per factor
 * @param subjects the places of each enrolled subject's rows; a live map, perhaps newer than the
 *     position
 * @param bytes the approximate memory in bytes
 * @param logBytes the approximate size of the log in bytes, once it is swept
 * @param kernels the implementations of vector multiplication
 */
record IndexView(
    LogPosition position,
    @Nullable String token,
    long count,
    Map<String, RowStore> factors,
    Map<String, Integer> present,
    Map<SubjectId, List<Place>> subjects,
    long bytes,
    long logBytes,
    VectorKernels kernels)
    implements GalleryView {

  /** Returns the approximate memory in bytes of a subject with one template. */
  static long bytesPerSubject(int dimension) {
    return RowBlock.bytesPerRow(dimension) + MemoryIndex.BYTES_PER_SUBJECT;
  }

  /** The place of a template. */
  record Place(String factor, RowBlock block, int row) {

    /** Returns a copy of the template. */
    Template template() {
      return new Template(factor, block.vector(row), block.norm(row));
    }

    /** Returns whether the template matches nothing. */
    boolean excluded() {
      return block.excluded(row);
    }

    /** Returns the norm of the template's embedding. */
    float norm() {
      return block.norm(row);
    }
  }

  /** Returns the factors of a subject's templates, one for each template. */
  Stream<String> factorsOf(SubjectId subject) {
    return places(subject).map(Place::factor);
  }

  /**
   * Returns the places of a subject's rows, without those of a later commit which began a factor
   * again with another dimension.
   */
  private Stream<Place> places(SubjectId subject) {
    return subjects.getOrDefault(subject, List.of()).stream()
        .filter(
            place -> {
              RowStore rows = factors.get(place.factor());
              return rows == null || rows.dimension() == place.block().dimension();
            });
  }

  @Override
  public Map<String, Integer> dimensions() {
    return factors.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> e.getValue().dimension()));
  }

  @Override
  public List<Match> search(Template probe, Weighing weighing, double atLeast, int limit) {
    return search(probe, weighing, atLeast, limit, subject -> true);
  }

  /** Searches among the admitted subjects only. */
  List<Match> search(
      Template probe, Weighing weighing, double atLeast, int limit, Predicate<SubjectId> admitted) {
    TopK nearest = new TopK(atLeast, limit);
    RowStore rows = factors.get(probe.factor());
    if (rows != null) {
      scan(rows, probe, weighing, nearest, admitted);
    }
    return nearest.matches();
  }

  /**
   * Computes upper bounds on a block's similarities from its codes, and exact products only for
   * rows that may belong to the result.
   */
  private void scan(
      RowStore rows,
      Template probe,
      Weighing weighing,
      TopK nearest,
      Predicate<SubjectId> admitted) {
    float[] padded = padded(probe, rows.dimension());
    Int8Codes.Probe coded = new Int8Codes.Probe(probe.vector());
    int[] products = new int[RowStore.MAX_CAPACITY];
    float[] bounds = new float[RowStore.MAX_CAPACITY];
    float[] exact = new float[1];
    for (int b = 0; b < rows.blocks(); b++) {
      RowBlock block = rows.block(b);
      int count = rows.rowsOf(b);
      block.codes().bound(count, coded, kernels.codes(), products, bounds);
      if (weighing.weighs()) {
        weigh(block, count, probe.norm(), weighing, bounds);
      }
      for (int row = 0; row < count; row++) {
        if (bounds[row] >= nearest.cut()
            && block.present(row, position.seq())
            && admitted.test(block.subject(row))) {
          kernels.dots().multiply(block.vectors(), row, 1, padded, exact);
          nearest.offer(
              block.subject(row), weighing.similarity(exact[0], block.norm(row), probe.norm()));
        }
      }
    }
  }

  /**
   * Turns bounds on cosines into bounds on weighed similarities. Under the block's greatest weight
   * a bound that is not negative still holds, under its least weight a negative one.
   */
  private static void weigh(
      RowBlock block, int count, float norm, Weighing weighing, float[] bounds) {
    float greatest = weighing.weight(block.greatestNorm(), norm);
    float least = weighing.weight(block.leastNorm(), norm);
    if (least == 1f) {
      return;
    }
    for (int row = 0; row < count; row++) {
      bounds[row] *= bounds[row] >= 0 ? greatest : least;
    }
  }

  @Override
  public OptionalDouble similarity(SubjectId subject, Template probe, Weighing weighing) {
    float[] product = new float[1];
    return places(subject)
        .filter(place -> place.factor().equals(probe.factor()) && !place.excluded())
        .mapToDouble(
            place -> {
              float[] padded = padded(probe, place.block().dimension());
              kernels.dots().multiply(place.block().vectors(), place.row(), 1, padded, product);
              return weighing.similarity(product[0], place.norm(), probe.norm());
            })
        .max();
  }

  @Override
  public int templates(SubjectId subject) {
    return Math.toIntExact(places(subject).count());
  }

  @Override
  public List<Template> enrolled(SubjectId subject) {
    return places(subject).map(Place::template).toList();
  }

  @Override
  public Optional<Subject> planned(SubjectId subject) {
    return Optional.empty();
  }

  /** Implements {@link Galleries#similarity}. */
  static OptionalDouble similarity(
      Subject record, Template probe, Weighing weighing, VectorKernels kernels) {
    if (record.excluded()) {
      return OptionalDouble.empty();
    }
    float[] product = new float[1];
    try (Arena arena = Arena.ofConfined()) {
      return record.templates().stream()
          .filter(template -> template.factor().equals(probe.factor()))
          .mapToDouble(
              template -> {
                float[] padded = padded(probe, template.dimension());
                MemorySegment row = arena.allocate((long) padded.length * Float.BYTES, 64);
                MemorySegment.copy(
                    template.vector(), 0, row, ValueLayout.JAVA_FLOAT, 0, template.dimension());
                kernels.dots().multiply(row, 0, 1, padded, product);
                return weighing.similarity(product[0], template.norm(), probe.norm());
              })
          .max();
    }
  }

  private static float[] padded(Template probe, int dimension) {
    if (probe.dimension() != dimension) {
      throw new IllegalArgumentException(
          "the gallery's templates have %d coordinates, not %d"
              .formatted(dimension, probe.dimension()));
    }
    return Arrays.copyOf(probe.vector(), FloatDotProduct.stride(dimension));
  }
}
