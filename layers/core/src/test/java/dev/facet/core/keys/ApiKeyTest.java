package dev.facet.core.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The form of API keys; {@code key-form.jsonl} has examples, made by another program. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ApiKeyTest {

  static List<JsonNode> examples() throws IOException {
    try (InputStream in = ApiKeyTest.class.getResourceAsStream("key-form.jsonl")) {
      ObjectMapper json = new ObjectMapper();
      return new String(requireNonNull(in).readAllBytes(), UTF_8)
          .lines()
          .map(
              line -> {
                try {
                  return json.readTree(line);
                } catch (IOException e) {
                  throw new AssertionError(line, e);
                }
              })
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void only_keys_that_may_be_known_are_looked_up(JsonNode example) {
    assertThat(new ApiKey(example.path("key").asText()).isWellFormed())
        .as(example.path("why").asText())
        .isEqualTo(example.path("lookedUp").asBoolean());
  }

  @Test
  void a_generated_key_has_the_form_and_its_checksum() {
    Random random = new Random(7);
    for (int i = 0; i < 1000; i++) {
      ApiKey key = ApiKey.generate(random);
      assertThat(key.secret()).matches("facet[0-9A-Za-z]{30}");
      assertThat(key.isWellFormed()).isTrue();
    }
  }

  @Test
  void every_single_mistyped_character_is_noticed() {
    String secret = ApiKey.generate(new Random(7)).secret();
    for (int i = "facet".length(); i < secret.length(); i++) {
      for (char c : "0aA9zZ".toCharArray()) {
        String typed = secret.substring(0, i) + c + secret.substring(i + 1);
        assertThat(new ApiKey(typed).isWellFormed()).isEqualTo(typed.equals(secret));
      }
    }
  }
}
