package dev.facet.core.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.gallery.ReferenceDotProduct;
import dev.facet.core.gallery.Template;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Codes never rule out what an exact product admits. */
final class Int8CodesTest {

  @Property(tries = 100)
  void all_forms_return_the_same_integers(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 10) int lines,
      @ForAll @IntRange(min = 1, max = 9) int rows,
      @ForAll boolean extreme) {
    Random random = new Random(seed);
    int stride = lines * Int8DotProduct.LINE;
    short[] probe = new short[stride];
    for (int i = 0; i < stride; i++) {
      probe[i] = (short) code(random, Int8DotProduct.PROBE_RANGE, extreme);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate((long) rows * stride, Int8DotProduct.LINE);
      for (long i = 0; i < memory.byteSize(); i++) {
        memory.set(
            ValueLayout.JAVA_BYTE, i, (byte) code(random, Int8DotProduct.ROW_RANGE, extreme));
      }
      int[] plain = new int[rows];
      int[] vector = new int[rows];
      new ScalarInt8DotProduct().multiply(memory, rows, probe, plain);
      new VectorInt8DotProduct().multiply(memory, rows, probe, vector);
      assertThat(vector).isEqualTo(plain);
    }
  }

  private static int code(Random random, int range, boolean extreme) {
    return extreme ? range : random.nextInt(2 * range + 1) - range;
  }

  @Property(tries = 300)
  void the_bound_is_never_below_the_exact_product_and_not_far_above(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 512) int dimension,
      @ForAll @IntRange(min = 0, max = 3) int shape) {
    Random random = new Random(seed);
    float[] probe = unit(random, dimension, shape);
    Int8Codes codes = new Int8Codes(20, dimension, Arena.ofAuto());
    float[][] vectors = new float[20][];
    for (int row = 0; row < 20; row++) {
      vectors[row] = row == 0 ? probe : unit(random, dimension, shape);
      codes.fill(row, vectors[row]);
    }
    float[] bounds = new float[20];
    codes.bound(20, new Int8Codes.Probe(probe), new VectorInt8DotProduct(), new int[20], bounds);
    for (int row = 0; row < 20; row++) {
      float exact = ReferenceDotProduct.dot(vectors[row], probe);
      assertThat(bounds[row]).isGreaterThanOrEqualTo(exact).isLessThan(exact + 0.3f);
    }
  }

  /** The largest dimension that a bundle may have; its sums are rounded most often. */
  @Property(tries = 20)
  void the_bound_holds_for_the_longest_templates(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 3) int shape) {
    Random random = new Random(seed);
    float[] probe = unit(random, 4096, shape);
    Int8Codes codes = new Int8Codes(1, 4096, Arena.ofAuto());
    codes.fill(0, probe);
    float[] bound = new float[1];
    codes.bound(1, new Int8Codes.Probe(probe), new VectorInt8DotProduct(), new int[1], bound);
    assertThat(bound[0]).isGreaterThanOrEqualTo(ReferenceDotProduct.dot(probe, probe));
    double provenSlack = (4096 / 16 + 5) * 0x1p-24;
    assertThat(Int8Codes.rounding(4096)).isGreaterThan(provenSlack);
  }

  /** Even, with a spike, of few values just beside a rounding's edge, or nearly all zero. */
  private static float[] unit(Random random, int dimension, int shape) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] =
          switch (shape) {
            case 0, 1 -> (float) random.nextGaussian();
            case 2 -> (random.nextInt(7) - 3) + 0.4999f;
            default -> random.nextInt(50) == 0 ? 1 : 1e-6f;
          };
    }
    vector[0] += shape == 1 ? 20 : 1;
    return Template.normalised("face", vector).vector();
  }
}
