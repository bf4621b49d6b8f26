package dev.facet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The feature flags in {@code cdk.json}, by the report in the cloud assembly. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FeatureFlagsIT {

  private static final String REPORT = "cdk:feature-flag-report";

  /** A flag that allows a value other than the recommended one. */
  private static final String PARTITIONS = "@aws-cdk/core:target-partitions";

  @TempDir private Path folder;

  @Test
  void every_flag_has_the_recommended_value() throws IOException {
    FacetApp.app().outdir(folder.toString()).build().synth();

    Map<String, JsonNode> flags = flags();

    assertThat(flags).hasSizeGreaterThan(50);
    assertThat(
            flags.entrySet().stream()
                .filter(flag -> !isRecommended(flag.getValue()))
                .map(Map.Entry::getKey))
        .containsExactly(PARTITIONS);
  }

  /** Returns whether the app's value, or the CDK's without one, is the recommended one. */
  private static boolean isRecommended(JsonNode flag) {
    JsonNode unset = flag.path("unconfiguredBehavesLike").path("v2");
    JsonNode effective = flag.path("userValue").isMissingNode() ? unset : flag.path("userValue");
    JsonNode recommended = flag.path("recommendedValue");
    return effective.equals(recommended) || (effective.isMissingNode() && !recommended.asBoolean());
  }

  private Map<String, JsonNode> flags() throws IOException {
    JsonNode manifest = new ObjectMapper().readTree(folder.resolve("manifest.json").toFile());
    return manifest
        .required("artifacts")
        .valueStream()
        .filter(artifact -> artifact.required("type").textValue().equals(REPORT))
        .flatMap(report -> report.required("properties").required("flags").propertyStream())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
