package dev.facet.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;

/** The profiles of the AWS command line that a deployer may have. */
class CommandLineCredentialsIT {

  private static final String CONFIG =
      """
      [sso-session company]
      sso_region = eu-west-1
      sso_start_url = https://company.example/start
      [profile centre]
      sso_session = company
      sso_account_id = 111122223333
      sso_role_name = Deployer
      [profile centre-without-session]
      sso_region = eu-west-1
      sso_start_url = https://company.example/start
      sso_account_id = 111122223333
      sso_role_name = Deployer
      """;

  @ParameterizedTest
  @CsvSource({
    "centre,                 aws sso login",
    "centre-without-session, aws sso login",
  })
  void who_has_not_signed_in_is_told_so_and_not_that_the_commands_lack_a_part(
      String profile, String missing) {
    ProfileFile file =
        ProfileFile.builder()
            .content(new ByteArrayInputStream(CONFIG.getBytes(UTF_8)))
            .type(ProfileFile.Type.CONFIGURATION)
            .build();

    assertThatThrownBy(
            () -> {
              try (ProfileCredentialsProvider provider =
                  ProfileCredentialsProvider.builder()
                      .profileFile(file)
                      .profileName(profile)
                      .build()) {
                provider.resolveCredentials();
              }
            })
        .hasMessageContaining(missing)
        .hasMessageNotContaining("class path");
  }
}
