package dev.facet.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.facet.local.data.DataFolder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class EmbeddedSqsIT {

  private static final Duration VISIBILITY = Duration.ofMinutes(1);

  @TempDir private Path folder;

  @Test
  void queues_go_on_after_their_database_failed() throws Exception {
    try (DataFolder data = DataFolder.open(folder)) {
      try (EmbeddedSqs sqs = EmbeddedSqs.start(data, VISIBILITY)) {
        send(sqs, "before");
        stopDatabase();
        assertThatExceptionOfType(SdkException.class).isThrownBy(() -> send(sqs, "meanwhile"));
        send(sqs, "after");
      }
      try (EmbeddedSqs sqs = EmbeddedSqs.start(data, VISIBILITY)) {
        assertThat(bodies(sqs)).containsExactlyInAnyOrder("before", "after");
      }
    }
  }

  private static void send(EmbeddedSqs sqs, String body) {
    sqs.client().sendMessage(send -> send.queueUrl(sqs.queue()).messageBody(body));
  }

  private static Set<String> bodies(EmbeddedSqs sqs) {
    SqsClient client = sqs.client();
    Set<String> bodies = new HashSet<>();
    List<Message> received;
    do {
      received =
          client
              .receiveMessage(receive -> receive.queueUrl(sqs.queue()).maxNumberOfMessages(10))
              .messages();
      received.forEach(message -> bodies.add(message.body()));
    } while (!received.isEmpty());
    return bodies;
  }

  /** Closes the database under the queues, as H2 itself does when it can't write. */
  private void stopDatabase() throws SQLException {
    String database = "jdbc:h2:" + folder.resolve("sqs/enrol").toAbsolutePath();
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    }
  }
}
