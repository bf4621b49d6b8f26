package dev.facet.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.facet.local.service.ServiceFixture.Caller;
import dev.facet.local.service.ServiceFixture.Caller.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Photos in, identities out: the whole service with the default bundle, commands sent as bytes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealPhotosIT {

  private static final Path PHOTOS =
      Path.of(System.getProperty("facet.testdata", "nowhere"), "photos", "lfw10");
  private static final Path BUNDLE =
      Path.of(System.getProperty("facet.root", "nowhere"), "models/target/bundle/default");

  private ServiceFixture service;
  private Caller caller;

  @BeforeAll
  void start(@TempDir Path data) {
    assumeTrue(Files.isDirectory(PHOTOS), "no photos under facet.testdata");
    assumeTrue(Files.isDirectory(BUNDLE), "the default bundle is not built");
    service =
        ServiceFixture.start(
            ServiceFixture.options(data, false, true), Recognition.load(List.of(BUNDLE)));
    caller = service.caller();
  }

  @AfterAll
  void stop() {
    if (service != null) {
      service.close();
    }
  }

  @Test
  void real_people_are_registered_found_verified_updated_and_deleted() throws IOException {
    Map<String, String> ids = new LinkedHashMap<>();
    for (String person :
        new String[] {"Ariel_Sharon", "Colin_Powell", "Hugo_Chavez", "Vladimir_Putin"}) {
      Reply registered = caller.register(photo(person, 2));
      assertThat(registered.status()).as("%s", registered.body()).isEqualTo(201);
      ids.put(person, registered.id());
    }
    for (Map.Entry<String, String> person : ids.entrySet()) {
      Reply found = caller.search(photo(person.getKey(), 3));
      assertThat(found.body().path("candidates")).hasSize(1);
      assertThat(found.body().at("/candidates/0/id").asText()).isEqualTo(person.getValue());
      assertThat(caller.verify(person.getValue(), photo(person.getKey(), 4)).status())
          .isEqualTo(200);
    }
    String sharon = ids.getOrDefault("Ariel_Sharon", "");
    assertThat(caller.verify(sharon, photo("Colin_Powell", 4)).status()).isEqualTo(404);
    assertThat(caller.update(sharon, photo("Jacques_Chirac", 2)).status()).isEqualTo(200);
    assertThat(caller.verify(sharon, photo("Jacques_Chirac", 3)).status()).isEqualTo(200);
    assertThat(caller.delete(sharon).status()).isEqualTo(204);
    assertThat(caller.search(photo("Jacques_Chirac", 3)).status()).isEqualTo(404);
  }

  @Test
  void a_photo_is_described() throws IOException {
    Reply described = caller.extract(photo("Tony_Blair", 2));
    assertThat(described.status()).isEqualTo(200);
    assertThat(described.body().at("/faces/0/attributes/faceArea/left").isTextual()).isTrue();
  }

  private static String photo(String person, int number) throws IOException {
    Path file = PHOTOS.resolve(person).resolve("%s_%04d.jpg".formatted(person, number));
    return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
  }
}
