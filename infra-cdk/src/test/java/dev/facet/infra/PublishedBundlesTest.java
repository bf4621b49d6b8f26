package dev.facet.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PublishedBundlesTest {

  private static final String FIRST = "faceplugin-512-v1";

  @Test
  void the_first_published_bundle_stays_recorded() {
    assertThat(PublishedBundles.IDS).contains(FIRST);
  }

  @Test
  void the_default_bundle_is_deployed_alone_unless_others_are_asked_for() {
    assertThat(bundles(Map.of())).containsExactly("sface-128-v1");
    assertThat(bundles(Map.of("bundles", "sface-128-v1"))).containsExactly("sface-128-v1");
    assertThat(bundles(Map.of("bundles", "sface-128-v1,faceplugin-512-v1")))
        .containsExactly("sface-128-v1", "faceplugin-512-v1");
  }

  @Test
  void new_bundles_may_be_added() {
    String all = String.join(",", PublishedBundles.IDS);
    assertThat(bundles(Map.of("bundles", "mine-128-v1," + all))).startsWith("mine-128-v1");
  }

  @Test
  void a_published_bundle_is_not_left_out_by_accident() {
    assertThatThrownBy(() -> bundles(Map.of("bundles", "mine-128-v1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bundles must contain " + PublishedBundles.IDS.getFirst())
        .hasMessageContaining("-c dropBundle=" + PublishedBundles.IDS.getFirst());
  }

  @Test
  void a_published_bundle_may_be_dropped_by_name() {
    Map<String, Object> context = new HashMap<>(Map.of("bundles", "mine-128-v1"));
    context.put("dropBundle", String.join(",", PublishedBundles.IDS));
    assertThat(bundles(context)).containsExactly("mine-128-v1");
  }

  @ParameterizedTest
  @CsvSource({
    "mine-128-v1, other-1, dropBundle",
    "'', faceplugin-512-v1, dropBundle",
    "faceplugin-512-v1, faceplugin-512-v1, dropBundle",
  })
  void what_is_not_left_out_cannot_be_dropped(String bundles, String dropped, String name) {
    assertThatThrownBy(() -> bundles(Map.of("bundles", bundles, "dropBundle", dropped)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  private static List<String> bundles(Map<String, Object> context) {
    return DeploymentSettings.from(context::get).service().bundles();
  }
}
