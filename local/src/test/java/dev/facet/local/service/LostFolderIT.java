package dev.facet.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.local.data.DataFolder;
import dev.facet.local.service.ServiceFixture.Caller.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service whose data folder is taken away while it runs. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class LostFolderIT {

  @TempDir private Path folder;

  @Test
  void a_service_neither_acknowledges_nor_writes_in_a_folder_that_replaced_its_own()
      throws Exception {
    Path data = folder.resolve("data");
    try (ServiceFixture service = ServiceFixture.start(data)) {
      NodePeople people = new NodePeople(service.credentials());
      assertThat(people.enrol("ann", 1).status()).isEqualTo(200);
      Files.move(data, folder.resolve("elsewhere"));
      try (DataFolder successor = DataFolder.open(data)) {
        Path admin = Files.writeString(successor.file("admin.json"), "another service's");
        Reply refused = people.enrol("bob", 1);
        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.body().path("message").asText())
            .isEqualTo(
                "The data folder %s was removed or replaced; start the service again."
                    .formatted(data));
        service.close();
        assertThat(Files.readString(admin)).isEqualTo("another service's");
        assertThat(data.resolve("usage.json")).doesNotExist();
      }
    }
  }

  @Test
  void a_service_whose_folder_is_gone_says_so_to_the_process_that_runs_it() throws Exception {
    Path data = folder.resolve("data");
    ServiceOptions options = ServiceFixture.options(data, false, false);
    try (LocalService.Started started =
        LocalService.start(options, ServiceFixture::fakes, System.out)) {
      Files.move(data, folder.resolve("elsewhere"));
      assertThat(started.service().awaitLoss()).contains(data.toString(), "removed or replaced");
    }
  }
}
