package dev.facet.local.sqs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.facet.local.data.DataFolder;
import dev.facet.local.sdk.GuardedWrites;
import java.time.Duration;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * ElasticMQ in this process, with its messages in a database that is on the disk when a send is
 * acknowledged. It listens on no port: its client calls it directly, and other processes reach it
 * through an endpoint that demands signatures.
 */
public final class EmbeddedSqs implements AutoCloseable {

  private static final String QUEUE = "enrol";
  private static final String DEAD_LETTERS = "enrol-dead";

  private final SqsClient queues;
  private final SqsClient client;

  private EmbeddedSqs(SqsClient queues, SqsClient client) {
    this.queues = queues;
    this.client = client;
  }

  /**
   * Starts the service with a queue and its dead-letter queue, and returns when all messages of an
   * earlier run are restored.
   *
   * @param data its subfolder {@code sqs} holds the database; while it accepts no writes, the
   *     client refuses them
   * @param visibility the visibility timeout of a received message
   */
  public static EmbeddedSqs start(DataFolder data, Duration visibility) {
    String database = "jdbc:h2:" + data.folder("sqs").resolve("enrol").toAbsolutePath();
    Config config =
        ConfigFactory.parseString(configuration(database, visibility))
            .withFallback(ConfigFactory.load())
            .resolve();
    SqsClient client = IsolatingClassLoader.elasticMq().apply(config);
    return new EmbeddedSqs(client, GuardedWrites.on(SqsClient.class, client, data));
  }

  /** Returns a client of the service. */
  public SqsClient client() {
    return client;
  }

  /** Returns the URL of the enrolment queue. */
  public String queue() {
    return client.getQueueUrl(get -> get.queueName(QUEUE)).queueUrl();
  }

  /** Returns the URL of the dead-letter queue, which {@link QueuePoller} fills. */
  public String deadLetters() {
    return client.getQueueUrl(get -> get.queueName(DEAD_LETTERS)).queueUrl();
  }

  @Override
  public void close() {
    queues.close();
  }

  /**
   * Disables two defaults: H2 would write half a second after it answers, and Pekko's shutdown hook
   * would stop the server before its callers stop.
   */
  private static String configuration(String database, Duration visibility) {
    return """
    include classpath("application.conf")
    pekko.loglevel = "WARNING"
    pekko.jvm-shutdown-hooks = off
    pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
    rest-sqs { enabled = false }
    rest-stats { enabled = false }
    messages-storage {
      enabled = true
      driver-class = "org.h2.Driver"
      uri = "%1$s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE"
      username = ""
      password = ""
      prune-data-on-init = false
    }
    aws { region = us-east-1, accountId = "000000000000" }
    queues {
      %2$s { defaultVisibilityTimeout = %3$d seconds }
      %4$s { }
    }
    """
        .formatted(database, QUEUE, visibility.toSeconds(), DEAD_LETTERS);
  }
}
