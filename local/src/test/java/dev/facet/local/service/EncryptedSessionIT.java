package dev.facet.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.facet.core.documents.Docs;
import dev.facet.core.documents.NodeJs;
import dev.facet.core.embeddings.MatchingRules;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.gallery.Template;
import dev.facet.spec.NodeAuth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The encrypted session of docs/encryption.md, with made-up embeddings. */
class EncryptedSessionIT {

  @Test
  void a_person_is_enrolled_recognised_and_deleted(@TempDir Path folder) throws IOException {
    assumeTrue(NodeJs.isInstalled(), "skipped: there is no Node.js on the path");
    Docs.write("docs/encryption.md", "payloads.mjs", folder);
    Docs.write("docs/encryption.md", "walk.mjs", folder);
    for (int shot = 1; shot <= 2; shot++) {
      Template template = FakeFaces.template("anna", "" + shot);
      Files.writeString(
          folder.resolve("anna-" + shot + ".json"),
          "{\"type\":\"face\",\"embedding_vector\":%s}"
              .formatted(new ObjectMapper().writeValueAsString(template.vector())));
    }
    ServiceOptions options =
        ServiceFixture.options(
            folder.resolve(".facet"),
            false,
            false,
            new NodeOptions(NodeAuth.KEY, 3, MatchingRules.DEFAULT));
    try (ServiceFixture service = ServiceFixture.start(options, ServiceFixture.fakes())) {
      assertThat(service.credentials().endpoint()).startsWith("http://127.0.0.1:");
      String[] said = NodeJs.run(folder, "walk.mjs").split("\n", 3);
      assertThat(said[0]).matches("enroll 0 ok 0 [A-Za-z0-9-]{36}");
      assertThat(said[1]).matches("predict 0 ok 0\\.\\d+ " + said[0].substring(14));
      assertThat(said[2])
          .contains("message: 'delete successful'", "message: 'User not enrolled'", "puid: '-1'");
    }
  }
}
