package dev.facet.core.gallery;

import dev.facet.core.faults.InternalFault;
import dev.facet.core.subjects.SubjectId;
import java.util.Arrays;

/**
 * The rows of one factor as of some log entry, in blocks of which all but the last are full.
 * Immutable; appending returns a new instance that shares the blocks.
 */
final class RowStore {

  /** The maximum number of rows of a block: a core's cache holds the products of that many. */
  static final int MAX_CAPACITY = 2048;

  private static final int FIRST_CAPACITY = 16;

  private final int dimension;
  private final RowMemory memory;
  private final RowBlock[] blocks;
  private final int inLast;

  private RowStore(int dimension, RowMemory memory, RowBlock[] blocks, int inLast) {
    this.dimension = dimension;
    this.memory = memory;
    this.blocks = blocks;
    this.inLast = inLast;
  }

  /** Returns an empty instance for vectors of this dimension. */
  static RowStore none(int dimension, RowMemory memory) {
    return new RowStore(dimension, memory, new RowBlock[0], 0);
  }

  /** Returns the off-heap size in bytes of a number of rows. */
  static long offHeapBytes(long rows, int dimension) {
    long bytes = 0;
    int capacity = FIRST_CAPACITY;
    long left = rows;
    while (left > 0) {
      bytes += RowBlock.offHeapBytes(capacity, dimension);
      left -= capacity;
      capacity = Math.min(2 * capacity, MAX_CAPACITY);
    }
    return bytes;
  }

  /**
   * Returns these rows and one more. Only one writer may append, and only to the newest rows.
   *
   * @throws InternalFault NO_MEMORY if another block does not fit in memory
   */
  RowStore append(SubjectId subject, Template template, boolean excluded) {
    if (blocks.length > 0 && inLast < last().capacity()) {
      last().fill(inLast, subject, template, excluded);
      return new RowStore(dimension, memory, blocks, inLast + 1);
    }
    int capacity = blocks.length == 0 ? FIRST_CAPACITY : 2 * last().capacity();
    RowBlock[] grown = Arrays.copyOf(blocks, blocks.length + 1);
    grown[blocks.length] = new RowBlock(Math.min(capacity, MAX_CAPACITY), dimension, memory);
    grown[blocks.length].fill(0, subject, template, excluded);
    return new RowStore(dimension, memory, grown, 1);
  }

  /** Returns the number of coordinates of a template. */
  int dimension() {
    return dimension;
  }

  /** Returns the number of blocks. */
  int blocks() {
    return blocks.length;
  }

  /** Returns a block by its index. */
  RowBlock block(int number) {
    return blocks[number];
  }

  /** Returns the number of used rows of a block. */
  int rowsOf(int block) {
    return block == blocks.length - 1 ? inLast : blocks[block].capacity();
  }

  /** Returns the block with the last row; there must be at least one row. */
  RowBlock last() {
    return blocks[blocks.length - 1];
  }

  /** Returns the number of used rows of the last block. */
  int inLast() {
    return inLast;
  }

  /** Returns the approximate size in bytes. */
  long bytes() {
    return Arrays.stream(blocks).mapToLong(RowBlock::bytes).sum();
  }
}
