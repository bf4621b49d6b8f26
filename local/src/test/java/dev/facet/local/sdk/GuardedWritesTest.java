package dev.facet.local.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.facet.core.faults.StorageUnavailable;
import dev.facet.local.data.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

@DisplayNameGeneration(ReplaceUnderscores.class)
class GuardedWritesTest {

  private static final Map<String, AttributeValue> KEY = Map.of("pk", AttributeValue.fromS("a"));

  @TempDir private Path temporary;
  private final List<SdkRequest> received = new ArrayList<>();

  /** A database that holds nothing, in a folder that may vanish while it writes. */
  private final class Database implements DynamoDbClient {
    private final Runnable whileWriting;

    Database(Runnable whileWriting) {
      this.whileWriting = whileWriting;
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      received.add(request);
      return GetItemResponse.builder().build();
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
      received.add(request);
      whileWriting.run();
      return PutItemResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }

  @Test
  void reads_pass_and_writes_are_refused_in_a_folder_that_was_removed() {
    try (DataFolder data = DataFolder.open(temporary.resolve("data"))) {
      DynamoDbClient client = GuardedWrites.on(DynamoDbClient.class, new Database(() -> {}), data);
      put(client);
      remove(data.root());
      client.getItem(get -> get.tableName("t").key(KEY));
      assertThatExceptionOfType(StorageUnavailable.class)
          .isThrownBy(() -> put(client))
          .withMessageContaining("was removed or replaced");
      assertThat(received).hasSize(2);
    }
  }

  @Test
  void a_write_is_not_acknowledged_if_the_folder_vanished_meanwhile() {
    try (DataFolder data = DataFolder.open(temporary.resolve("data"))) {
      Database database = new Database(() -> remove(data.root()));
      DynamoDbClient client = GuardedWrites.on(DynamoDbClient.class, database, data);
      assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(() -> put(client));
      assertThat(received).hasSize(1);
    }
  }

  private static void put(DynamoDbClient client) {
    client.putItem(put -> put.tableName("t").item(KEY));
  }

  private static void remove(Path folder) {
    try {
      Files.delete(folder.resolve("lock"));
      Files.delete(folder);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
