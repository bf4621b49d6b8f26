package dev.facet.core.gallery;

import dev.facet.core.subjects.SubjectId;
import java.util.Arrays;

/**
 * The rows of one factor as they stood at some log entry: blocks, of which all but the last are
 * full. Immutable; appending makes another one that shares the blocks.
 */
final class Rows {

  /** The most rows of a block: what a core's cache holds the products of. */
  static final int LARGEST_CAPACITY = 2048;

  private static final int FIRST_CAPACITY = 16;

  private final int dimension;
  private final Block[] blocks;
  private final int inLast;

  private Rows(int dimension, Block[] blocks, int inLast) {
    this.dimension = dimension;
    this.blocks = blocks;
    this.inLast = inLast;
  }

  /** No rows of a dimension. */
  static Rows none(int dimension) {
    return new Rows(dimension, new Block[0], 0);
  }

  /** These rows and one more. Only one writer may append, and only to the newest rows. */
  Rows append(SubjectId subject, float[] vector) {
    if (blocks.length > 0 && inLast < last().capacity()) {
      last().fill(inLast, subject, vector);
      return new Rows(dimension, blocks, inLast + 1);
    }
    int capacity = blocks.length == 0 ? FIRST_CAPACITY : 2 * last().capacity();
    Block[] grown = Arrays.copyOf(blocks, blocks.length + 1);
    grown[blocks.length] = new Block(Math.min(capacity, LARGEST_CAPACITY), dimension);
    grown[blocks.length].fill(0, subject, vector);
    return new Rows(dimension, grown, 1);
  }

  /** Coordinates of a template. */
  int dimension() {
    return dimension;
  }

  /** How many blocks there are. */
  int blocks() {
    return blocks.length;
  }

  /** One of the blocks. */
  Block block(int number) {
    return blocks[number];
  }

  /** How many rows of a block count. */
  int rowsOf(int block) {
    return block == blocks.length - 1 ? inLast : blocks[block].capacity();
  }

  /** The block that the last row is in; there must be one. */
  Block last() {
    return blocks[blocks.length - 1];
  }

  /** How many rows of the last block count. */
  int inLast() {
    return inLast;
  }

  /** About what they take. */
  long bytes() {
    return Arrays.stream(blocks).mapToLong(Block::bytes).sum();
  }
}
