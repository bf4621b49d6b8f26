package dev.facet.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  @Test
  void theDefaultsFitANewAccount() {
    assertThat(Settings.DEFAULT.compute().handlerMemory()).isLessThanOrEqualTo(3_008);
    assertThat(Settings.DEFAULT.compute().faceMemory()).isLessThanOrEqualTo(3_008);
    assertThat(Settings.DEFAULT.compute().faceConcurrency()).isZero();
  }

  @Test
  void numbersMayComeAsTextOrAsJson() {
    assertThat(settings(Map.of("faceMemory", "4096")).compute().faceMemory()).isEqualTo(4096);
    assertThat(settings(Map.of("faceMemory", 4096.0)).compute().faceMemory()).isEqualTo(4096);
    assertThat(settings(Map.of("allowedAccounts", List.of("111122223333"))).access())
        .extracting(Settings.Access::allowedAccounts)
        .isEqualTo(List.of("111122223333"));
  }

  @Test
  void withoutSignaturesAddressesAreLimitedUnlessOneSaysOtherwise() {
    assertThat(settings(Map.of()).access().waf()).isEqualTo(Settings.Waf.NONE);
    assertThat(settings(Map.of("nodeAuth", "key")).access().waf()).isEqualTo(Settings.Waf.RATE);
    assertThat(settings(Map.of("nodeAuth", "key", "waf", "none")).access().waf())
        .isEqualTo(Settings.Waf.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "faceMemory|1024",
        "faceMemory|lots",
        "faceMemory|3008.5",
        "faceConcurrency|-1",
        "nodeAuth|none",
        "encryptionFloor|4",
        "allowOrigins|example.com",
        "allowOrigins|https://a.example/\" || true",
        "allowedAccounts|1234",
        "domainName|faces.example.com",
        "deletionProtection|no",
        "recoveryDays|36",
        "logDays|2",
        "tags|team",
        "stackName|9"
      })
  void whatCannotBeMeantIsRefusedByName(String name, String value) {
    assertThatThrownBy(() -> settings(Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  private static Settings settings(Map<String, Object> context) {
    return Settings.from(context::get);
  }
}
