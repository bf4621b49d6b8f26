package dev.facet.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.local.administration.CommandRunner;
import dev.facet.local.administration.CommandRunner.Shown;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code galleries}, in a running service and without one. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GalleriesIT {

  @TempDir private Path data;

  @Test
  void a_subject_is_listed_excluded_and_included() throws Exception {
    CommandRunner facet = new CommandRunner(data);
    String id;
    try (ServiceFixture service = ServiceFixture.start(data)) {
      id = service.caller().register(FakeFaces.photo("ann/1")).body().path("id").asText();
      assertUnknown(facet, id, false);
      assertThat(service.caller().search(FakeFaces.photo("ann/2")).status()).isEqualTo(200);

      Shown excluded = facet.run("galleries", "audit", "--exclude", id);
      assertThat(excluded.status()).isZero();
      assertThat(excluded.err()).isEqualTo("1 excluded.%n".formatted());
      assertThat(service.caller().search(FakeFaces.photo("ann/2")).status()).isEqualTo(404);
      assertThat(service.caller().verify(id, FakeFaces.photo("ann/2")).status()).isEqualTo(404);
    }
    assertUnknown(facet, id, true);
    assertThat(facet.run("galleries", "audit", "--include", id).status()).isZero();
    try (ServiceFixture service = ServiceFixture.start(data)) {
      assertThat(service.caller().verify(id, FakeFaces.photo("ann/2")).status()).isEqualTo(200);
    }
  }

  private static void assertUnknown(CommandRunner facet, String id, boolean excluded) {
    JsonNode findings = facet.json("galleries", "audit");
    assertThat(findings).hasSize(1);
    assertThat(findings.path(0).path("id").asText()).isEqualTo(id);
    assertThat(findings.path(0).path("state").asText()).isEqualTo("unknown");
    assertThat(findings.path(0).path("excluded").asBoolean()).isEqualTo(excluded);
  }

  @Test
  void an_unknown_subject_excludes_nobody() {
    CommandRunner facet = new CommandRunner(data);
    facet.json("applications", "create", "--bundle", "fake-512");
    Shown refused = facet.run("galleries", "audit", "--exclude", "necidguid-1");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).isEqualTo("facet: There is no subject necidguid-1.%n".formatted());
  }
}
