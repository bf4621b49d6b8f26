package dev.facet.vision.images;

import static dev.facet.vision.images.TestPicture.assertShown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rare variants of the formats: decoded, or refused by their name. */
class ImageVariantsTest {

  private static final ImageDecoder DECODER = new ImageDecoder(50_000_000);
  private static final BufferedImage PICTURE = TestPicture.of(BufferedImage.TYPE_INT_RGB);
  private static final BufferedImage INDEXED = TestPicture.of(BufferedImage.TYPE_BYTE_INDEXED);

  @Nested
  class Animations {

    private final byte[] gif =
        Encoded.gif(INDEXED, new BufferedImage(48, 32, BufferedImage.TYPE_BYTE_INDEXED));

    @Test
    void a_gif_without_its_trailer_is_decoded() {
      byte[] single = Encoded.gif(INDEXED);
      assertDecoded(Arrays.copyOf(single, single.length - 1), 26);
      assertDecoded(Arrays.copyOf(gif, gif.length - 1), 26);
    }

    @Test
    void a_gif_cut_in_a_later_frame_is_decoded() {
      int first = Encoded.gif(INDEXED).length;
      for (int length = first; length < gif.length; length++) {
        assertDecoded(Arrays.copyOf(gif, length), 26);
      }
    }

    @Test
    void a_gif_whose_frame_exceeds_its_screen_is_refused_by_name() {
      byte[] narrow = Encoded.gif(INDEXED);
      narrow[6] = 40;
      assertRefused(narrow, "GIF with a frame that exceeds its screen is not supported");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void the_still_image_of_an_animated_png_is_decoded(int frames) {
      byte[] png = Encoded.as("png", PICTURE);
      byte[] control =
          new FileBuilder().u32be(0).u32be(48).u32be(32).bytes(new byte[14], 0, 14).toArray();
      byte[] animated =
          new FileBuilder()
              .bytes(png, 0, 33)
              .chunk("acTL", new FileBuilder().u32be(frames).u32be(0).toArray())
              .chunk("fcTL", control)
              .rest(png, 33)
              .toArray();
      assertDecoded(animated, 0);
    }
  }

  @Nested
  class Unsupported {

    @ParameterizedTest
    @CsvSource({
      "C3, Lossless JPEG",
      "C5, Hierarchical JPEG",
      "CB, Lossless JPEG",
      "F7, JPEG-LS",
    })
    void a_jpeg_process_is_refused_by_name(String marker, String name) {
      byte[] image = Encoded.as("jpg", PICTURE);
      image[frame(image) + 1] = (byte) Integer.parseInt(marker, 16);
      assertRefused(image, name + " is not supported; send baseline or progressive JPEG, PNG");
    }

    @Test
    void a_jpeg_of12_bits_is_refused_by_name() {
      byte[] image = Encoded.as("jpg", PICTURE);
      image[frame(image) + 4] = 12;
      assertRefused(image, "JPEG with 12 bits a channel is not supported");
    }

    @ParameterizedTest
    @CsvSource({
      "heic, HEIC",
      "heix, HEIC",
      "hevc, HEIC",
      "mif1, HEIF",
      "avif, AVIF",
      "isom, Video"
    })
    void a_container_of_iso_media_is_refused_by_name(String brand, String name) {
      byte[] file = new FileBuilder().u32be(24).text("ftyp" + brand).u32be(0).toArray();
      assertRefused(file, name + " is not supported; send");
    }

    @Test
    void other_formats_are_refused_by_name() {
      assertRefused(new FileBuilder().bytes('I', 'I', 42, 0, 8, 0, 0, 0).toArray(), "TIFF is not");
      assertRefused(new FileBuilder().bytes('M', 'M', 0, 42, 0, 0, 0, 8).toArray(), "TIFF is not");
      assertRefused(new FileBuilder().bytes(0xFF, 0x0A, 0, 0).toArray(), "JPEG XL is not");
      assertRefused(new FileBuilder().u32be(12).text("jP  ").toArray(), "JPEG 2000 is not");
      assertRefused(new FileBuilder().text("%PDF-1.7").toArray(), "PDF is not supported");
    }

    @ParameterizedTest
    @ValueSource(ints = {108, 124})
    void a_bitmap_of_five_and_six_bits_with_a_long_header_is_refused_by_name(int header) {
      assertRefused(bitmap565(header), "BMP of 16 bits a pixel with a V4 or V5 header is not");
    }

    @Test
    void damage_and_unknown_variants_are_not_told_apart() {
      byte[] damaged = Encoded.as("png", PICTURE);
      damaged[60] ^= 0x55;
      assertRefused(damaged, "its data is damaged, or a variant of PNG that is not supported");
    }
  }

  @Test
  void a_bitmap_of_five_and_six_bits_with_a_short_header_is_decoded() {
    assertDecoded(bitmap565(40), 8);
  }

  /** 30 bytes: no transform, and one code of no bits for each channel (RFC 9649, 3.7.2). */
  @Test
  void a_webp_shorter_than_its_decoder_expects_is_decoded() {
    String fields = "000" + "1000".repeat(3) + "101" + "11111111" + "1000";
    BitSet bits = new BitSet();
    for (int i = 0; i < fields.length(); i++) {
      bits.set(i, fields.charAt(i) == '1');
    }
    byte[] codes = Arrays.copyOf(bits.toByteArray(), 4);
    byte[] pixels = new FileBuilder().bytes(0x2F).u32le(47 | 31 << 14).rest(codes, 0).toArray();
    byte[] chunks = new FileBuilder().text("WEBP").riff("VP8L", pixels).toArray();
    byte[] webp = new FileBuilder().text("RIFF").u32le(chunks.length).rest(chunks, 0).toArray();

    try (Photo photo = DECODER.decode(webp, DECODER.header(webp), 1)) {
      assertThat(webp).hasSizeLessThan(32);
      assertThat(photo.width()).isEqualTo(48);
      assertThat(photo.pixels().ptr(0).get()).isZero();
    }
  }

  @Test
  void a_jpeg_without_its_end_is_refused_with_the_reason() {
    byte[] whole = Encoded.as("jpg", PICTURE);
    assertRefused(
        Arrays.copyOf(whole, whole.length - 2),
        "The image's data ends early: the JPEG lacks its end-of-image marker (EOI).");
  }

  @Nested
  class Exif {

    private static final int SHORT = 3;
    private static final int LONG = 4;

    @ParameterizedTest
    @CsvSource({"1, true", "1, false", "3, true", "3, false", "4, true", "4, false"})
    void the_orientation_is_read_in_every_integer_type(int type, boolean little) {
      assertDecoded(withExif(TestPicture.stored(6), exif(little, type, 6)), 12);
    }

    @Test
    void a_value_beyond_the_orientations_is_ignored() {
      assertDecoded(withExif(PICTURE, exif(true, LONG, 0x10006)), 8);
    }

    @Test
    void of_two_segments_the_first_counts() {
      assertDecoded(
          withExif(TestPicture.stored(6), exif(true, SHORT, 6), exif(true, SHORT, 1)), 12);
      assertDecoded(withExif(PICTURE, exif(true, SHORT, 1), exif(true, SHORT, 6)), 12);
    }

    @Test
    void of_two_chunks_the_first_counts() {
      byte[] png = Encoded.as("png", TestPicture.stored(6));
      byte[] two =
          new FileBuilder()
              .bytes(png, 0, 33)
              .chunk("eXIf", exif(false, SHORT, 6))
              .chunk("eXIf", exif(false, SHORT, 1))
              .rest(png, 33)
              .toArray();
      assertDecoded(two, 0);
    }

    private static byte[] withExif(BufferedImage stored, byte[]... blocks) {
      byte[] jpeg = Encoded.as("jpg", stored);
      FileBuilder file = new FileBuilder().bytes(jpeg, 0, 2);
      for (byte[] block : blocks) {
        file.marker(0xE1, new FileBuilder().text("Exif").bytes(0, 0).rest(block, 0).toArray());
      }
      return file.rest(jpeg, 2).toArray();
    }

    /** An EXIF block of one entry, whose value has a TIFF type. */
    private static byte[] exif(boolean little, int type, int value) {
      FileBuilder block = new FileBuilder();
      if (little) {
        block.text("II").bytes(42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, type, 0, 1, 0, 0, 0);
        return block.u32le(value).u32le(0).toArray();
      }
      block.text("MM").bytes(0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, type, 0, 0, 0, 1);
      int shift = type == 1 ? 24 : type == SHORT ? 16 : 0;
      return block.u32be((long) value << shift).u32be(0).toArray();
    }
  }

  /** The picture in 16 bits a pixel, from the bottom up. */
  private static byte[] bitmap565(int header) {
    FileBuilder file =
        new FileBuilder()
            .text("BM")
            .u32le(0)
            .u32le(0)
            .u32le(14 + Math.max(52, header))
            .u32le(header)
            .u32le(48)
            .u32le(32)
            .bytes(1, 0, 16, 0)
            .u32le(3)
            .bytes(new byte[20], 0, 20)
            .u32le(0xF800)
            .u32le(0x7E0)
            .u32le(0x1F);
    file.bytes(new byte[128], 0, Math.max(52, header) - 52);
    for (int y = 31; y >= 0; y--) {
      for (int x = 0; x < 48; x++) {
        int rgb = PICTURE.getRGB(x, y);
        int pixel = (rgb >> 8 & 0xF800) | (rgb >> 5 & 0x7E0) | (rgb >> 3 & 0x1F);
        file.bytes(pixel & 0xFF, pixel >> 8);
      }
    }
    return file.toArray();
  }

  private static int frame(byte[] jpeg) {
    for (int at = 2; ; at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | jpeg[at + 3] & 0xFF)) {
      if (jpeg[at + 1] == (byte) 0xC0) {
        return at;
      }
    }
  }

  private static void assertDecoded(byte[] image, int tolerance) {
    try (Photo photo = DECODER.decode(image, DECODER.header(image), 1)) {
      assertShown(photo, tolerance, UnaryOperator.identity());
    }
  }

  private static void assertRefused(byte[] image, String why) {
    assertThatThrownBy(() -> DECODER.decode(image, DECODER.header(image), 1).close())
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining(why);
  }
}
