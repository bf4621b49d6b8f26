package dev.facet.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.aws.faces.FaceMemory;
import dev.facet.spec.ApiSpecification;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentSettingsTest {

  private static final Pattern NAME = Pattern.compile("`([A-Za-z]+)`");

  @Test
  void the_defaults_fit_a_new_account() {
    assertThat(DeploymentSettings.DEFAULT.compute().handlerMemory()).isLessThanOrEqualTo(3_008);
    assertThat(DeploymentSettings.DEFAULT.compute().faceMemory()).isLessThanOrEqualTo(3_008);
    assertThat(DeploymentSettings.DEFAULT.compute().faceConcurrency()).isZero();
  }

  @Test
  void the_readme_lists_every_setting_and_no_other() throws Exception {
    List<String> lines = Files.readAllLines(Synthesis.ROOT.resolve("docs/deploy.md"));
    int head = lines.indexOf("| setting | default | what it does |");
    Set<String> listed =
        lines.stream()
            .skip(head + 2)
            .takeWhile(line -> line.startsWith("|"))
            .flatMap(line -> NAME.matcher(line.split("\\|")[1]).results())
            .map(name -> name.group(1))
            .collect(Collectors.toSet());

    assertThat(head).isNotNegative();
    assertThat(listed).isEqualTo(DeploymentSettings.names());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stackName=Facet",
        "processor=x86_64",
        "handlerMemory=1769",
        "faceMemory=3008",
        "faceStorage=1024",
        "accountConcurrency=10",
        "faceReserved=0",
        "faceConcurrency=0",
        "faceSnapStart=false",
        "audit=false",
        "allowOrigins=*",
        "encryptionFloor=0",
        "maxTemplates=40000",
        "nodeAuth=sigv4",
        "waf=none",
        "wafRate=60000",
        "repair=true",
        "tls=1.2",
        "deletionProtection=true",
        "recoveryDays=7",
        "imageDays=365",
        "logDays=30"
      })
  void the_readmes_defaults_are_the_defaults(String setting) throws Exception {
    String[] pair = setting.split("=");
    assertThat(settings(Map.of(pair[0], pair[1]))).isEqualTo(DeploymentSettings.DEFAULT);
    assertThat(Files.readString(Synthesis.ROOT.resolve("docs/deploy.md")))
        .containsPattern("\n\\| `" + pair[0] + "` \\| `?" + Pattern.quote(pair[1]) + "[` ;]");
  }

  @Test
  void the_face_functions_least_memory_is_documented_and_accepted() throws Exception {
    int least = FaceMemory.MIN_MEBIBYTES;
    assertThat(settings(Map.of("faceMemory", "" + least)).compute().faceMemory()).isEqualTo(least);
    assertThat(Files.readString(Synthesis.ROOT.resolve("docs/deploy.md")))
        .contains("MB of the face function, at least " + least + ":");
  }

  @Test
  void what_may_be_a_setting_misspelt_is_named() {
    assertThat(FacetApp.unknown(Set.of("faceMemmory", "waf", "aws:cdk:enable-path-metadata")))
        .containsExactly("faceMemmory");
  }

  @Test
  void numbers_may_come_as_text_or_as_json() {
    assertThat(settings(Map.of("faceMemory", "4096")).compute().faceMemory()).isEqualTo(4096);
    assertThat(settings(Map.of("faceMemory", 4096.0)).compute().faceMemory()).isEqualTo(4096);
    assertThat(settings(Map.of("allowedAccounts", List.of("111122223333"))).access())
        .extracting(DeploymentSettings.Access::allowedAccounts)
        .isEqualTo(List.of("111122223333"));
  }

  @Test
  void without_signatures_addresses_are_limited_unless_one_says_otherwise() {
    assertThat(settings(Map.of()).access().waf()).isEqualTo(DeploymentSettings.Waf.NONE);
    assertThat(settings(Map.of("nodeAuth", "key")).access().waf())
        .isEqualTo(DeploymentSettings.Waf.RATE);
    assertThat(settings(Map.of("nodeAuth", "key", "waf", "none")).access().waf())
        .isEqualTo(DeploymentSettings.Waf.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    // account, reserved, provisioned, whether AWS can grant it
    "10, 0, 0, true",
    "10, 1, 0, false",
    "10, 0, 1, false",
    "100, 1, 0, false",
    "101, 1, 0, true",
    "101, 1, 1, false",
    "1000, 600, 300, true",
    "1000, 600, 301, false",
    "1000, 901, 0, false",
    // the queue's workers take more than half
    "9, 0, 0, false",
  })
  void reservations_leave_a_hundred_environments_to_the_account(
      int account, int reserved, int provisioned, boolean possible) {
    Map<String, Object> context =
        Map.of(
            "accountConcurrency", account,
            "faceReserved", reserved,
            "faceConcurrency", provisioned);
    if (possible) {
      assertThat(settings(context).compute().faceReserved()).isEqualTo(reserved);
    } else {
      assertThatThrownBy(() -> settings(context))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("accountConcurrency");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "faceMemory|2933",
        "faceMemory|lots",
        "faceMemory|3008.5",
        "faceConcurrency|-1",
        "faceSnapStart|true",
        "faceBaseImage|public.ecr.aws/lambda/java:25",
        "bundles|Mine",
        "audit|yes",
        "nodeAuth|none",
        "encryptionFloor|4",
        "allowOrigins|example.com",
        "allowOrigins|https://a.example/\" || true",
        "allowedAccounts|1234",
        "domainName|faces.example.com",
        "deletionProtection|no",
        "tls|1.0",
        "recoveryDays|36",
        "logDays|2",
        "matching|FACE3_1/face=9",
        "alarmTopic|pager",
        "alarmEmail|pager",
        "tags|team",
        "stackName|9"
      })
  void what_cannot_be_meant_is_refused_by_name(String name, String value) {
    assertThatThrownBy(() -> settings(Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @Test
  void snapshots_and_provisioned_environments_exclude_each_other() {
    Map<String, Object> context =
        Map.of(
            "faceSnapStart", "true",
            "faceStorage", "512",
            "faceConcurrency", "1",
            "accountConcurrency", "1000");
    assertThatThrownBy(() -> settings(context))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("faceSnapStart and faceConcurrency exclude each other");
  }

  @Test
  void the_rate_of_an_address_is_that_of_the_default_plan() {
    assertThat(DeploymentSettings.DEFAULT.access().wafRate())
        .isEqualTo((int) (300 * ApiSpecification.bundled().usagePlan().rate()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ap-southeast-6", "ap-east-2", "cn-north-1"})
  void a_region_in_which_the_stack_cannot_run_is_refused(String region) {
    assertThatThrownBy(() -> DeploymentSettings.checkRegion(region))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(region);
    assertThatCode(() -> DeploymentSettings.checkRegion("ap-southeast-2"))
        .doesNotThrowAnyException();
  }

  private static DeploymentSettings settings(Map<String, Object> context) {
    return DeploymentSettings.from(context::get);
  }
}
