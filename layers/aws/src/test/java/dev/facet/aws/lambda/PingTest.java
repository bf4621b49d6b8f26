package dev.facet.aws.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PingTest {

  private static final String TEXT =
      "{\"Records\":[{\"eventSource\":\"facet:ping\"}],\"resource\":\"facet:ping\"}";

  @Test
  void is_the_event_that_schedules_send() throws Exception {
    assertThat(new JsonMapper().writeValueAsString(Ping.event())).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TEXT,
        "{ \"resource\": \"facet:ping\", \"Records\": [ {\"eventSource\": \"facet:ping\"} ] }"
      })
  void is_recognised_in_any_spelling_of_the_same_json(String event) {
    assertThat(Ping.isPing(event.getBytes(UTF_8))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "facet:ping",
        "{}",
        "{\"resource\":\"facet:ping\"}",
        "{\"Records\":[{\"eventSource\":\"facet:ping\"}],\"resource\":\"facet:ping\",\"more\":1}",
        "{\"Records\":[{\"eventSource\":\"aws:sqs\"}],\"resource\":\"facet:ping\"}"
      })
  void is_not_recognised_in_anything_else(String event) {
    assertThat(Ping.isPing(event.getBytes(UTF_8))).isFalse();
  }
}
