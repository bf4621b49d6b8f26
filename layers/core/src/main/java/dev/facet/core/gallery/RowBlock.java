package dev.facet.core.gallery;

import dev.facet.core.subjects.SubjectId;
import dev.facet.core.vector.FloatDotProduct;
import dev.facet.core.vector.Int8Codes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A block of consecutive rows of one factor, in off-heap memory. One writer adds rows; their data
 * never changes. The {@link RowStore} of a view define the rows that a reader may access. The
 * memory is freed when no reader holds the block any more.
 */
final class RowBlock {

  /** The approximate size of a row's id and its places in tables. */
  private static final long TABLE_BYTES = 160;

  private static final long PRESENT = Long.MAX_VALUE;

  /** No search finds the row, at whatever entry. */
  private static final long EXCLUDED = -1;

  private final int dimension;
  private final int stride;
  private final MemorySegment vectors;
  private final Int8Codes codes;
  private final SubjectId[] subjects;
  private final AtomicLongArray removed;
  private final float[] norms;
  private float leastNorm = Template.UNKNOWN_NORM;
  private float greatestNorm;

  /**
   * @param capacity the number of rows that fit
   * @param dimension the number of coordinates of a template
   * @param memory the memory of its rows
   */
  RowBlock(int capacity, int dimension, SegmentAllocator memory) {
    this.dimension = dimension;
    this.stride = FloatDotProduct.stride(dimension);
    this.vectors = memory.allocate((long) capacity * stride * Float.BYTES, 64);
    this.codes = new Int8Codes(capacity, dimension, memory);
    this.subjects = new SubjectId[capacity];
    this.removed = new AtomicLongArray(capacity);
    this.norms = new float[capacity];
  }

  int capacity() {
    return subjects.length;
  }

  int dimension() {
    return dimension;
  }

  /** Returns the rows one after another, each padded to the stride. */
  MemorySegment vectors() {
    return vectors;
  }

  /** Fills a row that no reader can see yet. */
  void fill(int row, SubjectId subject, Template template, boolean excluded) {
    float[] vector = template.vector();
    MemorySegment.copy(
        vector,
        0,
        vectors,
        ValueLayout.JAVA_FLOAT,
        (long) row * stride * Float.BYTES,
        vector.length);
    codes.fill(row, vector);
    norms[row] = template.norm();
    leastNorm = Math.min(leastNorm, template.norm());
    greatestNorm = Math.max(greatestNorm, template.norm());
    subjects[row] = subject;
    removed.setOpaque(row, excluded ? EXCLUDED : PRESENT);
  }

  /** Returns the same rows as int8 codes. */
  Int8Codes codes() {
    return codes;
  }

  /** Returns a copy of a row without its padding. */
  float[] vector(int row) {
    long start = (long) row * stride * Float.BYTES;
    return vectors.asSlice(start, (long) dimension * Float.BYTES).toArray(ValueLayout.JAVA_FLOAT);
  }

  /** Returns the norm of a row's embedding. */
  float norm(int row) {
    return norms[row];
  }

  /** Returns a lower bound on the norms of the rows. */
  float leastNorm() {
    return leastNorm;
  }

  /** Returns an upper bound on the norms of the rows. */
  float greatestNorm() {
    return greatestNorm;
  }

  SubjectId subject(int row) {
    return subjects[row];
  }

  /** Marks a row as removed by a log entry. Readers at an earlier entry still see the row. */
  void remove(int row, long seq) {
    if (!excluded(row)) {
      removed.setOpaque(row, seq);
    }
  }

  /** Returns whether no search finds the row, although it belongs to an enrolled subject. */
  boolean excluded(int row) {
    return removed.getOpaque(row) == EXCLUDED;
  }

  /** Returns whether a reader at this log entry sees the row. */
  boolean present(int row, long seq) {
    return removed.getOpaque(row) > seq;
  }

  /** Returns the approximate size in bytes, including ids and tables. */
  long bytes() {
    return capacity() * bytesPerRow(dimension);
  }

  /** Returns the off-heap size in bytes of a block. */
  static long offHeapBytes(int capacity, int dimension) {
    return capacity
        * ((long) Float.BYTES * FloatDotProduct.stride(dimension)
            + Int8Codes.offHeapBytesPerRow(dimension));
  }

  /** Returns the approximate size in bytes of a row. */
  static long bytesPerRow(int dimension) {
    return (long) Float.BYTES * FloatDotProduct.stride(dimension)
        + Int8Codes.bytesPerRow(dimension)
        + Float.BYTES
        + TABLE_BYTES;
  }
}
