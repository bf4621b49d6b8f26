package dev.facet.vision.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.constraints.IntRange;

/** Every format in every size and at every reduction: decoders round in different directions. */
class ReducedSizesIT {

  private static final ImageDecoder DECODER = new ImageDecoder(50_000_000);

  private static final Map<String, Function<BufferedImage, byte[]>> ENCODERS =
      Map.of(
          "jpeg", image -> Encoded.as("jpg", image),
          "progressive jpeg", image -> Encoded.progressive("jpg", image),
          "png", image -> Encoded.as("png", image),
          "interlaced png", image -> Encoded.progressive("png", image),
          "translucent png",
              image -> Encoded.as("png", redrawn(image, BufferedImage.TYPE_INT_ARGB)),
          "bmp", image -> Encoded.as("bmp", redrawn(image, BufferedImage.TYPE_3BYTE_BGR)),
          "gif", image -> Encoded.gif(redrawn(image, BufferedImage.TYPE_BYTE_INDEXED)),
          "webp", image -> Encoded.webp(image, 90),
          "lossless webp", image -> Encoded.webp(image, 101));

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void every_small_size_is_decoded(
      @ForAll("formats") String format,
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll @IntRange(min = 1, max = 9) int height) {
    assertDecoded(format, width, height);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void every_size_about_a_multiple_is_decoded(
      @ForAll("formats") String format, @ForAll @IntRange(min = 4797, max = 4805) int length) {
    assertDecoded(format, length, 3);
    assertDecoded(format, 3, length);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void the_narrowest_shapes_are_decoded(
      @ForAll("formats") String format, @ForAll("shapes") Tuple2<Integer, Integer> shape) {
    int longest = format.endsWith("webp") ? 16_383 : ImageDecoder.MAX_SIDE;
    assertDecoded(format, Math.min(longest, shape.get1()), Math.min(longest, shape.get2()));
  }

  @Provide
  Arbitrary<String> formats() {
    return Arbitraries.of(ENCODERS.keySet());
  }

  @Provide
  Arbitrary<Tuple2<Integer, Integer>> shapes() {
    List<Integer> narrow = List.of(1, 2, 3, 5);
    return Arbitraries.of(
        narrow.stream()
            .flatMap(n -> List.of(Tuple.of(n, 30_000), Tuple.of(30_000, n)).stream())
            .toList());
  }

  private static void assertDecoded(String format, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    byte[] encoded = Objects.requireNonNull(ENCODERS.get(format)).apply(image);
    ImageHeader header = DECODER.header(encoded);
    for (int reduction : List.of(1, 2, 4, 8)) {
      int divisor = format.endsWith("jpeg") ? reduction : 1;
      try (Photo photo = DECODER.decode(encoded, header, reduction)) {
        assertThat(List.of(photo.width(), photo.height())).containsExactly(width, height);
        assertThat(List.of(photo.pixels().cols(), photo.pixels().rows()))
            .as("reduced by %d", reduction)
            .containsExactly(Math.ceilDiv(width, divisor), Math.ceilDiv(height, divisor));
      }
    }
  }

  private static BufferedImage redrawn(BufferedImage image, int type) {

    BufferedImage redrawn = new BufferedImage(image.getWidth(), image.getHeight(), type);
    redrawn.getGraphics().drawImage(image, 0, 0, null);
    return redrawn;
  }
}
