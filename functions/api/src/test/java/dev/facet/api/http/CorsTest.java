package dev.facet.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CorsTest {

  private static final String ALLOW = "access-control-allow-origin";
  private final Cors two = new Cors("https://a.example, https://b.example");

  @Test
  void every_origin_is_allowed_where_the_setting_says_so() {
    assertThat(new Cors("*").headers("https://a.example")).containsEntry(ALLOW, "*");
    assertThat(new Cors("*").headers(null)).containsEntry(ALLOW, "*");
  }

  @Test
  void an_origin_of_the_list_is_named_alone() {
    assertThat(two.headers("https://b.example"))
        .containsEntry(ALLOW, "https://b.example")
        .containsEntry("vary", "origin");
  }

  @Test
  void another_origin_is_not_allowed_and_caches_are_told() {
    assertThat(two.headers("https://c.example")).isEqualTo(Map.of("vary", "origin"));
    assertThat(two.headers(null)).isEqualTo(Map.of("vary", "origin"));
  }
}
