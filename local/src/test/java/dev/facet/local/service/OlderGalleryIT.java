package dev.facet.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.aws.Tables;
import dev.facet.core.bundle.InstalledBundles;
import dev.facet.core.gallery.ImageSpaces;
import dev.facet.local.administration.CommandRunner;
import dev.facet.local.data.DataFolder;
import dev.facet.local.dynamodb.EmbeddedDynamo;
import dev.facet.local.service.ServiceFixture.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A data folder whose photos were enrolled with another bundle than today's default. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OlderGalleryIT {

  private static final Path ROOT = Path.of(System.getProperty("facet.root", "nowhere"));
  private static final Path PHOTOS =
      Path.of(System.getProperty("facet.testdata", "nowhere"), "photos", "lfw10");
  private static final String NEW_DEFAULT = "sface-128-v1";
  private static final AttributeValue NONE = AttributeValue.fromS("");

  @TempDir private Path data;

  @Test
  void it_keeps_its_bundle_and_a_new_application_gets_the_default() throws IOException {
    assumeTrue(Files.isDirectory(PHOTOS), "no photos under facet.testdata");
    Path older = InstalledBundles.folder(ROOT, ImageSpaces.UNRECORDED_BUNDLE);
    assumeTrue(Files.isDirectory(older), "the bundles are not built");
    String powell;
    try (ServiceFixture service = start(List.of(older))) {
      powell = service.caller().register(photo("Colin_Powell", 2)).id();
    }
    forgetRecordedBundles();

    CommandRunner facet = new CommandRunner(data);
    try (ServiceFixture service = start(InstalledBundles.folders(ROOT))) {
      Caller caller = service.caller();
      assertThat(caller.search(photo("Colin_Powell", 3)).body().at("/candidates/0/id").asText())
          .isEqualTo(powell);
      assertThat(caller.register(photo("Hugo_Chavez", 2)).status()).isEqualTo(201);
      assertThat(caller.verify(powell, photo("Colin_Powell", 4)).status()).isEqualTo(200);

      String id = facet.json("applications", "create").path("id").asText();
      String key = facet.json("keys", "create", "--application", id).path("apiKey").asText();
      Caller other = caller(service.credentials(), key);
      assertThat(other.search(photo("Colin_Powell", 3)).status()).isEqualTo(404);
      String chavez = other.register(photo("Hugo_Chavez", 2)).id();
      assertThat(other.verify(chavez, photo("Hugo_Chavez", 3)).status()).isEqualTo(200);

      for (JsonNode application : facet.json("applications", "list")) {
        assertThat(application.path("bundle").asText())
            .isEqualTo(
                application.path("id").asText().equals(id)
                    ? NEW_DEFAULT
                    : ImageSpaces.UNRECORDED_BUNDLE);
      }
    }
    assertThat(facet.json("applications", "list")).hasSize(2);
  }

  private ServiceFixture start(List<Path> bundles) {
    return ServiceFixture.start(
        ServiceFixture.options(data, false, false), Recognition.load(bundles));
  }

  /** Makes the folder one of a version that had one bundle and recorded none. */
  private void forgetRecordedBundles() throws IOException {
    Files.deleteIfExists(data.resolve("bundles.json"));
    try (DataFolder folder = DataFolder.open(data);
        EmbeddedDynamo dynamo = EmbeddedDynamo.start(folder, Tables.DEFAULT)) {
      DynamoDbClient client = dynamo.client();
      String table = Tables.DEFAULT.data();
      List<Map<String, AttributeValue>> records =
          client.scan(scan -> scan.tableName(table)).items().stream()
              .filter(item -> item.containsKey("imageBundle"))
              .toList();
      assertThat(records).hasSize(1);
      for (Map<String, AttributeValue> item : records) {
        Map<String, AttributeValue> key =
            Map.of("pk", item.getOrDefault("pk", NONE), "sk", item.getOrDefault("sk", NONE));
        client.deleteItem(delete -> delete.tableName(table).key(key));
      }
    }
  }

  private static Caller caller(Credentials credentials, String apiKey) {
    return new Caller(
        ServiceFixture.client(
            new Credentials(
                credentials.endpoint(),
                credentials.region(),
                credentials.accessKeyId(),
                credentials.secretAccessKey(),
                apiKey)));
  }

  private static String photo(String person, int number) throws IOException {
    Path file = PHOTOS.resolve(person).resolve("%s_%04d.jpg".formatted(person, number));
    return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
  }
}
