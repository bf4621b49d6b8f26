package dev.facet.core.vector;

import static java.nio.ByteOrder.nativeOrder;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.B2S;
import static jdk.incubator.vector.VectorOperators.LSHL;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * An implementation of {@link Int8DotProduct} on the Vector API in 16-bit lanes. It adds up four
 * products before it widens them. The loop is unrolled by hand because helper methods that return
 * vectors more than doubled the time. Registers of 256 bits already keep up with memory, so wider
 * ones are not used.
 */
final class VectorInt8DotProduct implements Int8DotProduct {

  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(
          short.class,
          VectorShape.forBitSize(Math.min(256, ShortVector.SPECIES_PREFERRED.vectorBitSize())));

  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(SHORTS.vectorBitSize() / 2));

  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, SHORTS.vectorShape());

  private static final int STEP = SHORTS.length();

  @Override
  public void multiply(MemorySegment rows, int count, short[] probe, int[] out) {
    long at = 0;
    for (int row = 0; row < count; row++) {
      IntVector sums = IntVector.zero(INTS);
      for (int i = 0; i < probe.length; i += 4 * STEP, at += 4L * STEP) {
        ShortVector four =
            ((ShortVector)
                    ByteVector.fromMemorySegment(BYTES, rows, at, nativeOrder())
                        .convertShape(B2S, SHORTS, 0))
                .mul(ShortVector.fromArray(SHORTS, probe, i))
                .add(
                    ((ShortVector)
                            ByteVector.fromMemorySegment(BYTES, rows, at + STEP, nativeOrder())
                                .convertShape(B2S, SHORTS, 0))
                        .mul(ShortVector.fromArray(SHORTS, probe, i + STEP)))
                .add(
                    ((ShortVector)
                            ByteVector.fromMemorySegment(BYTES, rows, at + 2L * STEP, nativeOrder())
                                .convertShape(B2S, SHORTS, 0))
                        .mul(ShortVector.fromArray(SHORTS, probe, i + 2 * STEP)))
                .add(
                    ((ShortVector)
                            ByteVector.fromMemorySegment(BYTES, rows, at + 3L * STEP, nativeOrder())
                                .convertShape(B2S, SHORTS, 0))
                        .mul(ShortVector.fromArray(SHORTS, probe, i + 3 * STEP)));
        IntVector pairs = four.reinterpretAsInts();
        sums = sums.add(pairs.lanewise(LSHL, 16).lanewise(ASHR, 16)).add(pairs.lanewise(ASHR, 16));
      }
      out[row] = sums.reduceLanes(ADD);
    }
  }
}
