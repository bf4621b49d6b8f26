package dev.facet.core.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.gallery.ReferenceDotProduct;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** All forms of the dot product agree to the last bit. */
final class FloatDotProductTest {

  @Property(tries = 200)
  void all_forms_return_the_same_bits(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 600) int dimension,
      @ForAll @IntRange(min = 1, max = 9) int rows) {
    Random random = new Random(seed);
    int stride = FloatDotProduct.stride(dimension);
    float[] probe = Arrays.copyOf(random(random, dimension), stride);
    float[] expected = new float[rows];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate((rows + 2L) * stride * Float.BYTES, 64);
      for (int row = 0; row < rows; row++) {
        float[] vector = random(random, dimension);
        expected[row] = ReferenceDotProduct.dot(vector, probe);
        MemorySegment.copy(
            vector,
            0,
            memory,
            ValueLayout.JAVA_FLOAT,
            (row + 2L) * stride * Float.BYTES,
            dimension);
      }
      for (FloatDotProduct dots :
          new FloatDotProduct[] {new ScalarFloatDotProduct(), new VectorFloatDotProduct()}) {
        float[] products = new float[rows];
        dots.multiply(memory, 2, rows, probe, products);
        assertThat(products).isEqualTo(expected);
      }
    }
  }

  /** Of very different magnitudes, so that the order of summation shows. */
  private static float[] random(Random random, int dimension) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) (random.nextGaussian() * Math.exp(4 * random.nextGaussian()));
    }
    return vector;
  }
}
