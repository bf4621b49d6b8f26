package dev.facet.vision.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory and work of decoding are known from the file's structure, before a pixel is decoded. */
class DecodingLimitsTest {

  private static final ImageDecoder DECODER = new ImageDecoder(50_000_000);

  @ParameterizedTest
  @CsvSource({"0, 8, 3", "2, 8, 3", "2, 16, 3", "3, 8, 3", "4, 8, 7", "6, 8, 7", "6, 16, 11"})
  void a_png_takes_its_channels_and_the_result(int colourType, int depth, int bytesPerPixel) {
    ImageHeader header = ImageHeader.of(png(100, 70, depth, colourType));

    assertThat(header.decodingBytes()).isEqualTo(7000L * bytesPerPixel);
  }

  @Test
  void a_palette_with_transparency_takes_four_channels() {
    byte[] opaque = png(100, 70, 8, 3);
    byte[] translucent =
        new FileBuilder()
            .bytes(opaque, 0, 33)
            .chunk("tRNS", new byte[] {0})
            .rest(opaque, 33)
            .toArray();

    assertThat(ImageHeader.of(translucent).decodingBytes()).isEqualTo(7000 * 7);
  }

  @Test
  void a_png_of_eight_bytes_a_pixel_is_refused_before_one_of_four() {
    assertThat(DECODER.header(png(8000, 6000, 8, 6)).pixels()).isEqualTo(48_000_000);
    assertThatThrownBy(() -> DECODER.header(png(8000, 6000, 16, 6)))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage(
            "Decoding the image takes 528 MB; at most 450 MB are accepted. Send it with 8 bits a"
                + " channel, without transparency, or with fewer pixels.");
  }

  @Test
  void only_a_jpeg_of_several_scans_keeps_its_coefficients() {
    BufferedImage picture = TestPicture.of(BufferedImage.TYPE_INT_RGB);
    int pixels = TestPicture.WIDTH * TestPicture.HEIGHT;

    ImageHeader baseline = ImageHeader.of(Encoded.as("jpg", picture));
    ImageHeader progressive = ImageHeader.of(Encoded.progressive("jpg", picture));

    assertThat(baseline.decodingBytes()).isEqualTo(3L * pixels);
    // 48 × 32 samples of luminance, 24 × 16 of each colour, 16 bits each
    assertThat(progressive.decodingBytes()).isEqualTo(3L * pixels + 3L * pixels);
    assertThat(List.of(baseline.reducible(), progressive.reducible())).containsExactly(true, false);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 44, 200})
  void a_small_jpeg_of_many_scans_is_decoded(int scans) {
    byte[] image = jpeg(64, 48, scans);

    try (Photo photo = DECODER.decode(image, DECODER.header(image), 1)) {
      assertThat(photo.width()).isEqualTo(64);
    }
  }

  @Test
  void scans_count_by_the_coefficients_that_they_pass_over() {
    // one grey component of 49 million coefficients
    assertThat(DECODER.header(jpeg(7000, 7000, 20)).width()).isEqualTo(7000);
    assertThatThrownBy(() -> DECODER.header(jpeg(7000, 7000, 21)))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("scans pass over more than 1000 million coefficients");
  }

  @Test
  void the_usual_scans_of_the_largest_photo_in_full_colour_are_accepted() {
    assertThat(DECODER.header(usualScans(8160, 6120)).pixels()).isGreaterThan(49_000_000);
  }

  /** libjpeg's ten scans of a picture in three components without subsampling. */
  private static byte[] usualScans(int width, int height) {
    FileBuilder jpeg = start(width, height, 3);
    for (String components : List.of("123", "1", "3", "2", "1", "1", "123", "3", "2", "1")) {
      scan(jpeg, components);
    }
    return jpeg.bytes(0xFF, 0xD9).toArray();
  }

  /** A grey progressive file: one scan of the averages, and others that refine nothing. */
  private static byte[] jpeg(int width, int height, int scans) {
    FileBuilder jpeg = start(width, height, 1);
    for (int i = 0; i < scans; i++) {
      scan(jpeg, "1");
    }
    return jpeg.bytes(0xFF, 0xD9).toArray();
  }

  private static FileBuilder start(int width, int height, int components) {
    FileBuilder frame =
        new FileBuilder()
            .bytes(8, height >> 8, height & 0xFF, width >> 8, width & 0xFF, components);
    for (int id = 1; id <= components; id++) {
      frame.bytes(id, 0x11, 0);
    }
    byte[] quantization = new byte[65];
    Arrays.fill(quantization, 1, 65, (byte) 1);
    byte[] oneCode = new byte[18]; // a single code of one bit, for the value 0
    oneCode[1] = 1;
    return new FileBuilder()
        .bytes(0xFF, 0xD8)
        .marker(0xDB, quantization)
        .marker(0xC2, frame.toArray())
        .marker(0xC4, oneCode);
  }

  private static void scan(FileBuilder jpeg, String components) {
    FileBuilder scan = new FileBuilder().bytes(components.length());
    components.chars().forEach(id -> scan.bytes(id - '0', 0));
    jpeg.marker(0xDA, scan.bytes(0, 0, 0).toArray()).bytes(0, 0, 0, 0, 0, 0);
  }

  private static byte[] png(int width, int height, int depth, int colourType) {
    byte[] header =
        new FileBuilder().u32be(width).u32be(height).bytes(depth, colourType, 0, 0, 0).toArray();
    return new FileBuilder()
        .bytes(0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')
        .chunk("IHDR", header)
        .chunk("IDAT", new byte[10])
        .chunk("IEND", new byte[0])
        .toArray();
  }
}
