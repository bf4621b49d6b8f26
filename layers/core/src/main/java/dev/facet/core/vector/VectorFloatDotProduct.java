package dev.facet.core.vector;

import static java.nio.ByteOrder.nativeOrder;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * An implementation of {@link FloatDotProduct} on the Vector API with four registers of four lanes.
 * Every machine has registers of 128 bits. Wider ones gain nothing here: memory delivers rows more
 * slowly than this multiplies them.
 */
final class VectorFloatDotProduct implements FloatDotProduct {

  private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;

  @Override
  public void multiply(MemorySegment rows, long first, int count, float[] probe, float[] out) {
    long at = first * probe.length * Float.BYTES;
    for (int row = 0; row < count; row++) {
      FloatVector a = FloatVector.zero(FOUR);
      FloatVector b = a;
      FloatVector c = a;
      FloatVector d = a;
      for (int i = 0; i < probe.length; i += LANES, at += LANES * Float.BYTES) {
        a = load(rows, at).fma(FloatVector.fromArray(FOUR, probe, i), a);
        b = load(rows, at + 16).fma(FloatVector.fromArray(FOUR, probe, i + 4), b);
        c = load(rows, at + 32).fma(FloatVector.fromArray(FOUR, probe, i + 8), c);
        d = load(rows, at + 48).fma(FloatVector.fromArray(FOUR, probe, i + 12), d);
      }
      FloatVector sums = a.add(c).add(b.add(d));
      out[row] = (sums.lane(0) + sums.lane(2)) + (sums.lane(1) + sums.lane(3));
    }
  }

  private static FloatVector load(MemorySegment rows, long at) {
    return FloatVector.fromMemorySegment(FOUR, rows, at, nativeOrder());
  }
}
