package dev.facet.core.gallery;

import dev.facet.core.subjects.SubjectId;
import dev.facet.core.vector.Codes;
import dev.facet.core.vector.Dots;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Consecutive rows of one factor, outside of the heap. Rows are added by one writer and never
 * change; which of them a reader may look at is told by its {@link Rows}. Memory is given back when
 * no reader holds the block any more.
 */
final class Block {

  private static final long PRESENT = Long.MAX_VALUE;

  private final int dimension;
  private final int stride;
  private final MemorySegment vectors;
  private final Codes codes;
  private final SubjectId[] subjects;
  private final AtomicLongArray removed;

  /**
   * @param capacity rows
   * @param dimension coordinates of a template
   */
  Block(int capacity, int dimension) {
    this.dimension = dimension;
    this.stride = Dots.stride(dimension);
    this.vectors = Arena.ofAuto().allocate((long) capacity * stride * Float.BYTES, 64);
    this.codes = new Codes(capacity, dimension);
    this.subjects = new SubjectId[capacity];
    this.removed = new AtomicLongArray(capacity);
  }

  int capacity() {
    return subjects.length;
  }

  int dimension() {
    return dimension;
  }

  /** The rows, one after another, each padded to its stride. */
  MemorySegment vectors() {
    return vectors;
  }

  /** Fills a row that no reader can see yet. */
  void fill(int row, SubjectId subject, float[] vector) {
    MemorySegment.copy(
        vector,
        0,
        vectors,
        ValueLayout.JAVA_FLOAT,
        (long) row * stride * Float.BYTES,
        vector.length);
    codes.fill(row, vector);
    subjects[row] = subject;
    removed.setOpaque(row, PRESENT);
  }

  /** The same rows in coded form. */
  Codes codes() {
    return codes;
  }

  /** A copy of a row, without its padding. */
  float[] vector(int row) {
    long start = (long) row * stride * Float.BYTES;
    return vectors.asSlice(start, (long) dimension * Float.BYTES).toArray(ValueLayout.JAVA_FLOAT);
  }

  SubjectId subject(int row) {
    return subjects[row];
  }

  /** Ends a row's life with a log entry; who reads at an earlier one still sees it. */
  void remove(int row, long seq) {
    removed.setOpaque(row, seq);
  }

  /** Whether the row counts for a reader at this log entry. */
  boolean present(int row, long seq) {
    return removed.getOpaque(row) > seq;
  }

  /** About what the block takes, ids and tables included. */
  long bytes() {
    return vectors.byteSize() + codes.bytes() + 160L * capacity();
  }
}
