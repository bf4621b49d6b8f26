package dev.facet.vision.images;

import static dev.facet.vision.images.TestPicture.assertShown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.opencv.global.opencv_core;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {

  private static final ImageDecoder DECODER = new ImageDecoder(50_000_000);
  private static final BufferedImage PICTURE = TestPicture.of(BufferedImage.TYPE_INT_RGB);
  private static final UnaryOperator<Color> SAME = colour -> colour;

  @Test
  void a_baseline_jpeg_is_decoded() {
    assertDecoded(Encoded.as("jpg", PICTURE), 8, SAME);
  }

  @Test
  void a_progressive_jpeg_is_decoded() {
    assertDecoded(Encoded.progressive("jpg", PICTURE), 8, SAME);
  }

  @Test
  void a_grey_image_is_decoded() {
    BufferedImage grey = new BufferedImage(48, 32, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 48; x++) {
        grey.getRaster().setSample(x, y, 0, new Color(PICTURE.getRGB(x, y)).getGreen());
      }
    }
    assertDecoded(Encoded.as("jpg", grey), 8, ImageDecoderTest::greenOnly);
    assertDecoded(Encoded.as("png", grey), 0, ImageDecoderTest::greenOnly);
  }

  @Test
  void a_jpeg_of_four_inks_is_decoded() {
    assertDecoded(Encoded.cmykJpeg(PICTURE), 8, SAME);
  }

  @Test
  void a_jpeg_of_four_inks_with_luminance_is_decoded() {
    assertDecoded(Encoded.ycckJpeg(PICTURE), 8, SAME);
  }

  @Test
  void a_png_is_decoded() {
    assertDecoded(Encoded.as("png", PICTURE), 0, SAME);
  }

  @Test
  void an_interlaced_png_is_decoded() {
    assertDecoded(Encoded.progressive("png", PICTURE), 0, SAME);
  }

  @Test
  void a_png_with_a_palette_is_decoded() {
    BufferedImage indexed = TestPicture.of(BufferedImage.TYPE_BYTE_INDEXED);
    assertDecoded(Encoded.as("png", indexed), 26, SAME);
  }

  @Test
  void a_png_of16_bits_is_decoded() {
    assertDecoded(Encoded.as("png", sixteenBits(false)), 1, SAME);
  }

  @Test
  void a_translucent_png_of16_bits_is_decoded() {
    assertDecoded(Encoded.as("png", sixteenBits(true)), 1, SAME);
  }

  @Test
  void translucent_pixels_lie_on_white() {
    BufferedImage half = new BufferedImage(48, 32, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 48; x++) {
        half.setRGB(x, y, 0x80_000000 | PICTURE.getRGB(x, y) & 0xFFFFFF);
      }
    }
    assertDecoded(Encoded.as("png", half), 2, ImageDecoderTest::halfWhite);
    assertDecoded(Encoded.webp(half, 101), 2, ImageDecoderTest::halfWhite);
  }

  @Test
  void transparent_pixels_are_white_whatever_colour_they_hide() {
    BufferedImage clear = new BufferedImage(48, 32, BufferedImage.TYPE_INT_ARGB);
    assertDecoded(Encoded.as("png", clear), 0, colour -> Color.WHITE);
  }

  @Test
  void a_bitmap_is_decoded() {
    assertDecoded(Encoded.as("bmp", TestPicture.of(BufferedImage.TYPE_3BYTE_BGR)), 0, SAME);
  }

  @Test
  void of_an_animation_the_first_frame_is_decoded() {
    BufferedImage first = TestPicture.of(BufferedImage.TYPE_BYTE_INDEXED);
    BufferedImage second = new BufferedImage(48, 32, BufferedImage.TYPE_BYTE_INDEXED);
    assertDecoded(Encoded.gif(first, second), 26, SAME);
    assertDecoded(Encoded.gif(first), 26, SAME);
  }

  @ParameterizedTest
  @ValueSource(ints = {95, 101})
  void a_webp_is_decoded(int quality) {
    assertDecoded(Encoded.webp(PICTURE, quality), 20, SAME);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void the_orientation_is_applied_in_every_format_that_has_one(int orientation) {
    BufferedImage stored = TestPicture.stored(orientation);
    assertDecoded(turnedJpeg(stored, false, orientation), 12, SAME);
    assertDecoded(turnedJpeg(stored, true, orientation), 12, SAME);
    assertDecoded(turnedPng(stored, orientation), 0, SAME);
    assertDecoded(turnedWebp(stored, orientation), 20, SAME);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 255})
  void an_orientation_that_does_not_exist_is_ignored(int orientation) {
    assertDecoded(turnedJpeg(PICTURE, true, orientation), 8, SAME);
  }

  @Test
  void damaged_exif_is_no_reason_to_refuse_a_photo() {
    byte[] exif = FileBuilder.exif(true, 6);
    exif[4] = (byte) 200; // where the first directory is: beyond the block
    assertDecoded(withExif(Encoded.as("jpg", PICTURE), exif), 8, SAME);
    assertDecoded(withExif(Encoded.as("jpg", PICTURE), new byte[3]), 8, SAME);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void a_reduced_photo_knows_its_full_size(int reduction) {
    byte[] image = Encoded.as("jpg", PICTURE);
    try (Photo photo = DECODER.decode(image, DECODER.header(image), reduction)) {
      assertThat(photo.pixels().cols()).isEqualTo(48 / reduction);
      assertThat(photo.scaleX()).isEqualTo(reduction);
      assertThat(photo.scaleY()).isEqualTo(reduction);
      assertShown(photo, 40, SAME);
    }
  }

  @Test
  void a_photo_of_one_pixel_is_decoded() {
    BufferedImage one = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    try (Photo photo = decoded(Encoded.as("png", one))) {
      assertThat(photo.pixels().cols()).isEqualTo(1);
      assertThat(photo.pixels().rows()).isEqualTo(1);
    }
  }

  @Test
  void a_huge_png_is_refused_by_its_header() {
    byte[] bomb =
        png(
            30_000,
            30_000,
            2,
            new byte[200_000]); // its pixels are never looked at: they're no zlib
    assertRefused(bomb, "30000 x 30000 pixels; at most 50.0 megapixels");
  }

  @Test
  void every_format_is_refused_by_its_header_if_it_is_too_large() {
    ImageDecoder small = new ImageDecoder(48 * 32 - 1);
    for (byte[] image : samples().values()) {
      assertThatThrownBy(() -> small.header(image))
          .isInstanceOf(InvalidRequest.class)
          .hasMessageContaining("48 x 32 pixels");
    }
  }

  @Test
  void a_ribbon_is_refused_however_few_its_pixels_are() {
    assertRefused(png(30_001, 1, 2, new byte[10]), "30000 pixels a side");
  }

  @Test
  void an_image_without_pixels_is_refused() {
    assertRefused(png(0, 5, 2, new byte[10]), "no pixels");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "no image at all, just text", "<html></html>", "%PDF-1.7", "BM"})
  void what_is_no_image_is_refused(String text) {
    assertThatThrownBy(() -> decoded(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InvalidRequest.class);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void an_image_that_ends_early_is_refused_wherever_it_ends(String format) {
    byte[] whole = Objects.requireNonNull(samples().get(format));
    int complete = format.startsWith("gif") ? whole.length - 1 : whole.length;
    for (int length = 0; length < complete; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> decoded(cut))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(InvalidRequest.class);
    }
  }

  static Stream<String> formats() {
    return samples().keySet().stream();
  }

  /** One file of each kind, 48 × 32 pixels. */
  static Map<String, byte[]> samples() {
    return Map.of(
        "jpeg", Encoded.as("jpg", PICTURE),
        "jpeg, progressive", Encoded.progressive("jpg", PICTURE),
        "jpeg, turned", turnedJpeg(PICTURE, true, 1),
        "png", Encoded.as("png", PICTURE),
        "bmp", Encoded.as("bmp", TestPicture.of(BufferedImage.TYPE_3BYTE_BGR)),
        "gif", Encoded.gif(TestPicture.of(BufferedImage.TYPE_BYTE_INDEXED)),
        "webp", Encoded.webp(PICTURE, 90),
        "webp, lossless", Encoded.webp(PICTURE, 101),
        "webp, turned", turnedWebp(PICTURE, 1));
  }

  @Test
  void a_jpeg_whose_data_ends_before_its_end_marker_is_refused() {
    byte[] whole = Encoded.as("jpg", PICTURE);
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);
    assertRefused(cut, "ends early");
  }

  @Test
  void a_thumbnails_end_marker_does_not_complete_a_jpeg() {
    byte[] whole = Encoded.as("jpg", PICTURE);
    byte[] withThumbnail =
        new FileBuilder()
            .bytes(whole, 0, 2)
            .marker(0xE2, Encoded.as("jpg", PICTURE))
            .rest(whole, 2)
            .toArray();
    assertDecoded(withThumbnail, 8, SAME);
    assertRefused(Arrays.copyOf(withThumbnail, withThumbnail.length - 2), "ends early");
  }

  @Test
  void pixels_that_contradict_the_header_are_refused() {
    byte[] damaged = Encoded.as("png", PICTURE);
    damaged[60] ^= 0x55;
    assertThatThrownBy(() -> decoded(damaged)).isInstanceOf(InvalidRequest.class);
  }

  private static void assertDecoded(byte[] image, int tolerance, UnaryOperator<Color> change) {
    try (Photo photo = decoded(image)) {
      assertThat(photo.pixels().type()).isEqualTo(opencv_core.CV_8UC3);
      assertShown(photo, tolerance, change);
    }
  }

  private static void assertRefused(byte[] image, String why) {
    assertThatThrownBy(() -> decoded(image))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining(why);
  }

  private static Photo decoded(byte[] image) {
    return DECODER.decode(image, DECODER.header(image), 1);
  }

  private static Color greenOnly(Color colour) {
    return new Color(colour.getGreen(), colour.getGreen(), colour.getGreen());
  }

  private static Color halfWhite(Color colour) {
    return new Color(
        (colour.getRed() + 255) / 2, (colour.getGreen() + 255) / 2, (colour.getBlue() + 255) / 2);
  }

  private static BufferedImage sixteenBits(boolean alpha) {
    ColorSpace colours = ColorSpace.getInstance(ColorSpace.CS_sRGB);
    ComponentColorModel model =
        new ComponentColorModel(
            colours,
            alpha,
            false,
            alpha ? ComponentColorModel.TRANSLUCENT : ComponentColorModel.OPAQUE,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(48, 32);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 48; x++) {
        Color colour = new Color(PICTURE.getRGB(x, y));
        int[] pixel = {colour.getRed(), colour.getGreen(), colour.getBlue(), 255};
        raster.setPixel(x, y, Arrays.stream(pixel).map(v -> v * 257).toArray());
      }
    }
    return new BufferedImage(model, raster, false, null);
  }

  private static byte[] png(long width, long height, int colourType, byte[] data) {
    byte[] header =
        new FileBuilder().u32be(width).u32be(height).bytes(8, colourType, 0, 0, 0).toArray();
    return new FileBuilder()
        .bytes(0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')
        .chunk("IHDR", header)
        .chunk("IDAT", data)
        .chunk("IEND", new byte[0])
        .toArray();
  }

  private static byte[] turnedJpeg(BufferedImage stored, boolean little, int orientation) {
    return withExif(Encoded.as("jpg", stored), FileBuilder.exif(little, orientation));
  }

  private static byte[] withExif(byte[] jpeg, byte[] exif) {
    byte[] segment = new FileBuilder().text("Exif").bytes(0, 0).rest(exif, 0).toArray();
    return new FileBuilder().bytes(jpeg, 0, 2).marker(0xE1, segment).rest(jpeg, 2).toArray();
  }

  private static byte[] turnedPng(BufferedImage stored, int orientation) {
    byte[] png = Encoded.as("png", stored);
    int afterHeader = 8 + 12 + 13;
    return new FileBuilder()
        .bytes(png, 0, afterHeader)
        .chunk("eXIf", FileBuilder.exif(false, orientation))
        .rest(png, afterHeader)
        .toArray();
  }

  private static byte[] turnedWebp(BufferedImage stored, int orientation) {
    byte[] webp = Encoded.webp(stored, 95);
    int width = stored.getWidth() - 1;
    int height = stored.getHeight() - 1;
    byte[] chunks =
        new FileBuilder()
            .text("WEBP")
            .riff("VP8X", new byte[] {8, 0, 0, 0, (byte) width, 0, 0, (byte) height, 0, 0})
            .rest(webp, 12)
            .riff("EXIF", FileBuilder.exif(true, orientation))
            .toArray();
    return new FileBuilder().text("RIFF").u32le(chunks.length).rest(chunks, 0).toArray();
  }
}
