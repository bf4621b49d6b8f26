package dev.facet.api.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.facet.core.embeddings.Features;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Features as clients send them. */
class FeaturesParserTest {

  private static final String EMBEDDING = embedding("face", ones(128));

  @ParameterizedTest
  @ValueSource(strings = {"%s", "[%s]", "{\"features\":[%s]}", "{\"features\":%s}"})
  void every_form_is_read(String form) {
    Features features = parse(form.formatted(EMBEDDING));

    assertThat(features.templates()).hasSize(1);
    assertThat(features.templates().getFirst().factor()).isEqualTo("face");
    assertThat(features.templates().getFirst().vector()[0])
        .isCloseTo((float) (1 / Math.sqrt(128)), org.assertj.core.data.Offset.offset(1e-6f));
    assertThat(features.identifier()).isNull();
  }

  @Test
  void the_identifier_comes_from_the_metadata() {
    assertThat(parse("{\"features\":[%s],\"metadata\":{\"id\":\"ann\"}}".formatted(EMBEDDING)))
        .extracting(Features::identifier)
        .isEqualTo("ann");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []|features must hold 1..32 embeddings.
          5|features must be objects
          null|features must be objects
          [[1]]|features must be objects
          {}|features.type must be a string.
          {"type":7}|features.type must be a string.
          {"type":""}|features.type must have 1..64 characters.
          {"type":"face"}|features.embedding_vector must be an array of numbers.
          {"type":"face","embedding_vector":"1,2"}|features.embedding_vector must be an array of numbers.
          {"type":"face","embedding_vector":[1,2]}|features.embedding_vector must hold 128..512 numbers.
          """)
  void a_feature_that_breaks_a_rule_is_named(String json, String message) {
    assertRefused(json, message);
  }

  @Test
  void numbers_that_make_no_direction_are_refused() {
    String finite = "features.embedding_vector must be finite and not zero.";
    assertRefused(embedding("face", ones(128).replace('1', '0')), finite);
    assertRefused(embedding("face", "1e39," + ones(127)), finite);
    assertRefused(embedding("face", "1e999," + ones(127)), finite);
    assertRefused(
        embedding("face", "\"1\"," + ones(127)),
        "features.embedding_vector must be an array of numbers.");
    assertRefused(
        embedding("face", ones(513)), "features.embedding_vector must hold 128..512 numbers.");
  }

  @Test
  void one_type_has_one_length_and_two_types_may_differ() {
    assertRefused(
        "[%s,%s]".formatted(EMBEDDING, embedding("face", ones(129))),
        "features.embedding_vector must have one length for each type.");
    assertThat(parse("[%s,%s]".formatted(EMBEDDING, embedding("ear", ones(129)))).templates())
        .hasSize(2);
  }

  @Test
  void thirty_two_embeddings_are_the_most() {
    assertThat(parse("[%s]".formatted(repeated(EMBEDDING, 32))).templates()).hasSize(32);
    assertRefused(
        "[%s]".formatted(repeated(EMBEDDING, 33)), "features must hold 1..32 embeddings.");
  }

  @Test
  void an_identifier_has_one_to256_characters() {
    String form = "{\"features\":[%s],\"metadata\":%s}";
    assertRefused(form.formatted(EMBEDDING, "[]"), "metadata must be an object.");
    assertRefused(form.formatted(EMBEDDING, "{\"id\":5}"), "metadata.id must be a string.");
    assertRefused(
        form.formatted(EMBEDDING, "{\"id\":\"\"}"), "metadata.id must have 1..256 characters.");
    assertRefused(
        form.formatted(EMBEDDING, "{\"id\":\"" + "x".repeat(257) + "\"}"),
        "metadata.id must have 1..256 characters.");
    assertThat(parse(form.formatted(EMBEDDING, "{\"id\":null}")).identifier()).isNull();
  }

  private static void assertRefused(String json, String message) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageStartingWith(message);
  }

  private static Features parse(String json) {
    try {
      return FeaturesParser.parse(new ObjectMapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static String embedding(String type, String numbers) {
    return "{\"type\":\"%s\",\"embedding_vector\":[%s]}".formatted(type, numbers);
  }

  private static String ones(int count) {
    return repeated("1", count);
  }

  private static String repeated(String text, int count) {
    return String.join(",", Collections.nCopies(count, text));
  }
}
