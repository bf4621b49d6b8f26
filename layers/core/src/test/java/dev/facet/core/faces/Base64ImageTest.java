package dev.facet.core.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64ImageTest {

  private static final byte[] IMAGE = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFB, (byte) 0xF0, 1};
  private static final String TEXT = Base64.getEncoder().encodeToString(IMAGE);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "data:image/jpeg;base64,",
        "data:image/svg+xml;base64,",
        "data:image/vnd.ms-photo;base64,",
        "data:image/jpeg;charset=utf-8;base64,",
        "data:image/jpeg;name=x.jpg;base64,",
        "data:image/jpeg;name=x.jpg;charset=utf-8;base64,",
        "data:image/jpeg;name=\"a, b; c.jpg\";base64,",
        "data:image/jpeg;name=a%20b.jpg;base64,",
        "DATA:IMAGE/JPEG;BASE64,",
        "Data:Image/Jpeg;Base64,",
        "data:;base64,",
        "data:;charset=utf-8;base64,",
        "data:application/octet-stream;base64,",
        "data:text/plain;base64,",
        "data:image/jpeg; base64, ",
        "data:image/jpeg; name=x.jpg; base64,\n",
      })
  void every_data_url_of_base64_is_decoded(String prefix) {
    assertThat(Base64Image.decode("face", prefix + TEXT)).isEqualTo(IMAGE);
  }

  @Test
  void escapes_of_a_url_are_decoded() {
    assertThat(TEXT).contains("/").endsWith("=");
    String escaped = TEXT.replace("/", "%2F").replace("+", "%2b").replace("=", "%3D");
    assertThat(Base64Image.decode("face", "data:image/png;base64," + escaped)).isEqualTo(IMAGE);
    assertRefused(escaped);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data:,",
        "data:image/jpeg,",
        "data:image/jpeg;base64",
        "data:image;base64,",
        "data:image/jpeg;base64;charset=utf-8,",
        "data:image/jpeg;charset;base64,",
        "data:image/jpeg;name=\"x;base64,",
        "data:image/jpeg;;base64,",
        "http://example.com/image.jpg;base64,",
      })
  void any_other_prefix_is_refused(String prefix) {
    assertRefused(prefix + TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "data:image/jpeg;base64,", "data:image/jpeg;base64,%", "%%%"})
  void no_image_is_refused(String text) {
    assertRefused(text);
  }

  @Test
  void a_prefix_of_many_parameters_is_read_in_linear_time() {
    String many = "data:image/jpeg" + ";a=b".repeat(100_000);
    assertThat(Base64Image.decode("face", many + ";base64," + TEXT)).isEqualTo(IMAGE);
    assertRefused(many);
  }

  private static void assertRefused(String text) {
    assertThatThrownBy(() -> Base64Image.decode("probe", text))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("probe property must be a base64 image.");
  }
}
