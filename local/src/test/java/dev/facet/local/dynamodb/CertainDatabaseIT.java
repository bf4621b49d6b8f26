package dev.facet.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import com.almworks.sqlite4java.SQLiteStatement;
import dev.facet.aws.Tables;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class CertainDatabaseIT {

  private static final String TABLE = Tables.DEFAULT.data();

  @TempDir private Path folder;
  private CertainDatabase database;
  private EmbeddedDynamo dynamo;
  private DynamoDbClient client;

  @BeforeEach
  void start() {
    database = EmbeddedDynamo.open(folder);
    dynamo = new EmbeddedDynamo(database);
    Tables.DEFAULT.create(dynamo.client());
    client = dynamo.client();
  }

  @AfterEach
  void stop() {
    dynamo.close();
  }

  @Test
  void an_acknowledged_transaction_is_seen_by_another_connection() throws SQLiteException {
    transact("a", "b");
    assertThat(committedItems()).isEqualTo(2);
  }

  @Test
  void a_transaction_whose_commit_fails_is_not_acknowledged() throws SQLiteException {
    try (Reader reader = new Reader()) {
      assertThatExceptionOfType(DynamoDbException.class)
          .isThrownBy(() -> transact("a", "b"))
          .satisfies(failed -> assertThat(failed.statusCode()).isEqualTo(500));
    }
    assertThat(committedItems()).isZero();
    assertThat(find("a")).isFalse();
  }

  @Test
  void writes_and_reads_go_on_after_a_failed_commit() throws SQLiteException {
    try (Reader reader = new Reader()) {
      assertThatThrownBy(() -> transact("a")).isInstanceOf(DynamoDbException.class);
    }
    put("b", 1);
    assertThat(committedItems()).isEqualTo(1);
    transact("c", "d");
    assertThat(committedItems()).isEqualTo(3);
    assertThat(find("d")).isTrue();
  }

  @Test
  void nothing_of_a_transaction_stays_that_fills_the_database() throws Exception {
    put("0", 1);
    limitToPresentPages();
    assertThatThrownBy(
            () ->
                client.transactWriteItems(
                    write -> write.transactItems(item("a", 1), item("b", 100_000), item("c", 1))))
        .isInstanceOf(DynamoDbException.class);
    assertThat(committedItems()).isEqualTo(1);
    assertThat(find("a")).isFalse();
    assertThat(find("c")).isFalse();
  }

  @Test
  void a_database_that_was_full_goes_on_when_there_is_room() throws Exception {
    put("0", 1);
    limitToPresentPages();
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(
              () -> client.transactWriteItems(write -> write.transactItems(item("a", 100_000))))
          .isInstanceOf(DynamoDbException.class);
      assertThatThrownBy(() -> put("b", 100_000)).isInstanceOf(DynamoDbException.class);
      assertThat(find("0")).isTrue();
    }
    limitPages(1 << 30);
    transact("a", "b");
    put("c", 100_000);
    assertThat(committedItems()).isEqualTo(4);
  }

  @Test
  void requests_do_not_hang_after_a_transaction_that_could_not_begin() throws Exception {
    breakTransactionRecords(true);
    assertThatThrownBy(() -> transact("a")).isInstanceOf(DynamoDbException.class);
    assertThat(Thread.ofVirtual().start(() -> find("a")).join(Duration.ofSeconds(20))).isTrue();
    breakTransactionRecords(false);
    transact("a");
    assertThat(committedItems()).isEqualTo(1);
  }

  @Test
  void a_refused_transaction_stores_nothing() throws SQLiteException {
    put("b", 1);
    TransactWriteItem present =
        TransactWriteItem.builder()
            .put(
                put ->
                    put.tableName(TABLE)
                        .item(attributes("b", 1))
                        .conditionExpression("attribute_not_exists(pk)"))
            .build();
    assertThatThrownBy(
            () -> client.transactWriteItems(write -> write.transactItems(item("a", 1), present)))
        .isInstanceOf(TransactionCanceledException.class);
    transact("c");
    assertThat(committedItems()).isEqualTo(2);
    assertThat(find("a")).isFalse();
  }

  private void transact(String... keys) {
    client.transactWriteItems(
        write -> write.transactItems(Arrays.stream(keys).map(key -> item(key, 1)).toList()));
  }

  private void put(String key, int bytes) {
    client.putItem(put -> put.tableName(TABLE).item(attributes(key, bytes)));
  }

  private boolean find(String key) {
    return client.getItem(get -> get.tableName(TABLE).key(key(key)).consistentRead(true)).hasItem();
  }

  private static TransactWriteItem item(String key, int bytes) {
    return TransactWriteItem.builder()
        .put(put -> put.tableName(TABLE).item(attributes(key, bytes)))
        .build();
  }

  private static Map<String, AttributeValue> key(String key) {
    return Map.of("pk", AttributeValue.fromS(key), "sk", AttributeValue.fromS("~"));
  }

  private static Map<String, AttributeValue> attributes(String key, int bytes) {
    return Map.of(
        "pk", AttributeValue.fromS(key),
        "sk", AttributeValue.fromS("~"),
        "content", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[bytes])));
  }

  /** Makes SQLite refuse every write that needs another page, as on a full disk. */
  private void limitToPresentPages() throws ExecutionException, InterruptedException {
    limitPages(1);
  }

  private void limitPages(int pages) throws ExecutionException, InterruptedException {
    execute("PRAGMA max_page_count = " + pages);
  }

  /** Renames the table that every transaction reads when it begins. */
  private void breakTransactionRecords(boolean broken)
      throws ExecutionException, InterruptedException {
    execute(broken ? "ALTER TABLE tr RENAME TO tr0" : "ALTER TABLE tr0 RENAME TO tr");
  }

  private void execute(String sql) throws ExecutionException, InterruptedException {
    database
        .jobs()
        .execute(
            new SQLiteJob<Void>() {
              @Override
              protected @Nullable Void job(SQLiteConnection connection) throws SQLiteException {
                connection.exec(sql);
                return null;
              }
            })
        .get();
  }

  /** Returns the number of items that another connection sees, which are the committed ones. */
  private int committedItems() throws SQLiteException {
    SQLiteConnection connection = open().setBusyTimeout(10_000);
    try {
      SQLiteStatement count = connection.prepare("SELECT count(*) FROM \"" + TABLE + "\"");
      count.step();
      return count.columnInt(0);
    } finally {
      connection.dispose();
    }
  }

  private SQLiteConnection open() throws SQLiteException {
    return new SQLiteConnection(folder.resolve("facet.db").toFile()).openReadonly();
  }

  /** A connection that reads, so that no other can commit. */
  private final class Reader implements AutoCloseable {
    private final SQLiteConnection connection = open();

    Reader() throws SQLiteException {
      connection.exec("BEGIN");
      connection.prepare("SELECT * FROM sqlite_master").step();
    }

    @Override
    public void close() {
      connection.dispose();
    }
  }
}
