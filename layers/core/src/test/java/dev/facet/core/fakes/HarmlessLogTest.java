package dev.facet.core.fakes;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HarmlessLogTest {

  private final HarmlessLog log = new HarmlessLog().without("the secret");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "key: the secret",
        "dGhlIHNlY3JldA",
        "{\"features\":[0.25, -0.125]}",
        "[0.0123,0.4567]"
      })
  void secrets_and_vectors_are_found(String line) {
    assertThatThrownBy(() -> log.accept(line)).isInstanceOf(AssertionError.class);
  }

  @Test
  void images_and_payloads_are_found() {
    String payload = HexFormat.of().formatHex(new byte[128]);
    assertThatThrownBy(() -> log.accept("x " + payload)).isInstanceOf(AssertionError.class);
  }

  @Test
  void an_ordinary_line_is_harmless() {
    assertThatNoException()
        .isThrownBy(
            () ->
                log.accept(
                    "{\"handler\":\"SearchFaceHandler\",\"millis\":17,\"trace\":\"java.lang.Error"
                        + " at dev.facet.api.http.Endpoint.answer(Endpoint.java:65)\"}"));
  }
}
