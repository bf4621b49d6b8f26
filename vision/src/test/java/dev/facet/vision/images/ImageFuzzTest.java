package dev.facet.vision.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever bytes come in: pixels within the limits, or InvalidRequest. */
class ImageFuzzTest {

  private static final ImageDecoder DECODER = new ImageDecoder(1_000_000);
  private static final List<byte[]> SAMPLES = List.copyOf(ImageDecoderTest.samples().values());

  @Property(tries = 3000)
  void random_bytes_are_refused(@ForAll byte[] bytes) {
    assertDecodedOrRefused(bytes);
  }

  @Property(tries = 3000)
  void random_bytes_after_a_formats_signature_are_decoded_or_refused(
      @ForAll("samples") byte[] sample, @ForAll byte[] bytes) {
    byte[] image = Arrays.copyOf(sample, 30 + bytes.length);
    System.arraycopy(bytes, 0, image, 30, bytes.length);
    assertDecodedOrRefused(image);
  }

  @Property(tries = 5000)
  void a_damaged_image_is_decoded_or_refused(@ForAll("samples") byte[] sample, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] image = sample.clone();
    for (int i = random.nextInt(8); i >= 0; i--) {
      image[random.nextInt(image.length)] = (byte) random.nextInt();
    }
    assertDecodedOrRefused(image);
  }

  @Property(tries = 2000)
  void an_image_with_a_part_torn_out_is_decoded_or_refused(
      @ForAll("samples") byte[] sample, @ForAll long seed) {
    Random random = new Random(seed);
    int from = random.nextInt(sample.length);
    int to = from + random.nextInt(sample.length - from);
    byte[] image = new FileBuilder().bytes(sample, 0, from).rest(sample, to).toArray();
    assertDecodedOrRefused(image);
  }

  @Provide
  Arbitrary<byte[]> samples() {
    return Arbitraries.of(SAMPLES);
  }

  private static void assertDecodedOrRefused(byte[] image) {
    try {
      ImageHeader header = DECODER.header(image);
      for (int reduction : new int[] {1, 4}) {
        try (Photo photo = DECODER.decode(image, header, reduction)) {
          assertThat((long) photo.width() * photo.height()).isLessThanOrEqualTo(1_000_000);
          assertThat(photo.pixels().total()).isPositive();
        }
      }
    } catch (InvalidRequest refused) {
      assertThat(refused.reason()).isNotBlank();
    }
  }
}
