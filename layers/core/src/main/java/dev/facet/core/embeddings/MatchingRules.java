package dev.facet.core.embeddings;

import dev.facet.core.gallery.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The match thresholds of a deployment, by version and factor.
 *
 * @param defaults the thresholds of versions and factors without an entry in {@code overrides}
 * @param overrides thresholds by {@code VERSION/FACTOR}, such as {@code FACE3_3/face}
 */
public record MatchingRules(MatchThresholds defaults, Map<String, MatchThresholds> overrides) {

  /** {@link MatchThresholds#DEFAULT} for all versions and factors. */
  public static final MatchingRules DEFAULT = new MatchingRules(MatchThresholds.DEFAULT, Map.of());

  /** Copies the map. */
  public MatchingRules {
    overrides = Map.copyOf(overrides);
  }

  /**
   * Parses a setting: blank-separated {@code VERSION/FACTOR=PREDICT,DUPLICATE,AGREE}, one for each
   * pair that differs from the default; for instance {@code FACE3_3/face=1.1,0.95,0.8}.
   *
   * @throws IllegalArgumentException if the form is wrong or a distance is out of range
   */
  public static MatchingRules parse(String setting) {
    Map<String, MatchThresholds> overrides = new LinkedHashMap<>();
    for (String rule : setting.isBlank() ? new String[0] : setting.strip().split("\\s+")) {
      String[] sides = rule.split("=", 2);
      String[] numbers = sides[sides.length - 1].split(",", -1);
      if (sides.length != 2 || !sides[0].contains("/") || numbers.length != 3) {
        throw new IllegalArgumentException(
            "a matching rule is VERSION/FACTOR=PREDICT,DUPLICATE,AGREE, not " + rule);
      }
      Consensus consensus = new Consensus(distance(numbers[2], rule));
      overrides.put(
          sides[0],
          new MatchThresholds(distance(numbers[0], rule), distance(numbers[1], rule), consensus));
    }
    return new MatchingRules(MatchThresholds.DEFAULT, overrides);
  }

  private static double distance(String text, String rule) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "a matching rule is VERSION/FACTOR=PREDICT,DUPLICATE,AGREE with three numbers, not "
              + rule,
          e);
    }
  }

  /** Returns the thresholds of a version and factor. */
  public MatchThresholds of(ModelVersion version, String factor) {
    return overrides.getOrDefault(version.value() + "/" + factor, defaults);
  }

  /**
   * Returns the embeddings of a request without the outliers of each factor.
   *
   * @return none if the embeddings of any factor have no consensus
   */
  public List<Template> trusted(ModelVersion version, List<Template> templates) {
    List<Template> trusted = new ArrayList<>();
    Map<String, List<Template>> factors =
        templates.stream()
            .collect(
                Collectors.groupingBy(Template::factor, LinkedHashMap::new, Collectors.toList()));
    for (Map.Entry<String, List<Template>> factor : factors.entrySet()) {
      List<Template> kept = of(version, factor.getKey()).consensus().of(factor.getValue());
      if (kept.isEmpty()) {
        return List.of();
      }
      trusted.addAll(kept);
    }
    return List.copyOf(trusted);
  }
}
