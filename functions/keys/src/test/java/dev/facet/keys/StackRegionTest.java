package dev.facet.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;

/** The Region of the commands on a deployed stack. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StackRegionTest {

  @Test
  void the_option_comes_first() {
    assertThat(StackRegion.of("eu-west-1", () -> Region.US_EAST_1)).isEqualTo(Region.EU_WEST_1);
  }

  @Test
  void without_an_option_the_profile_decides() {
    assertThat(StackRegion.of(null, profile("region = eu-north-1")))
        .isEqualTo(Region.of("eu-north-1"));
  }

  @Test
  void without_any_region_the_command_is_refused() {
    assertThatThrownBy(() -> StackRegion.of(null, profile("output = json")))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("--region: no AWS Region is set; pass --region or set AWS_REGION.");
  }

  private static AwsRegionProvider profile(String line) {
    ProfileFile file =
        ProfileFile.builder()
            .type(ProfileFile.Type.CONFIGURATION)
            .content(new ByteArrayInputStream(("[default]\n" + line).getBytes(UTF_8)))
            .build();
    return new AwsProfileRegionProvider(() -> file, "default");
  }
}
