package dev.facet.local.sqs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.facet.aws.AwsFaults;
import dev.facet.core.retry.Retries;
import dev.facet.local.data.DataFolder;
import dev.facet.local.data.DataFolderUnusable;
import dev.facet.local.sdk.GuardedWrites;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * ElasticMQ in this process, with its messages in a database that is on the disk when a send is
 * acknowledged. It listens on no port: its client calls it directly, and other processes reach it
 * through an endpoint that demands signatures.
 */
public final class EmbeddedSqs implements AutoCloseable {

  private static final String QUEUE = "enrol";
  private static final String DEAD_LETTERS = "enrol-dead";

  /** For the requests of the start together: on a busy machine, each may take seconds. */
  private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

  private final SqsClient queues;
  private final SqsClient client;
  private final String queue;
  private final String deadLetters;

  private EmbeddedSqs(SqsClient queues, SqsClient client, String queue, String deadLetters) {
    this.queues = queues;
    this.client = client;
    this.queue = queue;
    this.deadLetters = deadLetters;
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
    Path folder = data.folder("sqs");
    String database = "jdbc:h2:" + folder.resolve("enrol").toAbsolutePath();
    Config config =
        ConfigFactory.parseString(configuration(database, visibility))
            .withFallback(ConfigFactory.load())
            .resolve();
    SqsClient client = started(folder, config);
    try {
      Retries retries = Retries.of(InstantSource.system());
      Instant end = Instant.now().plus(START_TIMEOUT);
      return new EmbeddedSqs(
          client,
          GuardedWrites.on(SqsClient.class, client, data),
          retries.until(end, () -> url(client, QUEUE)),
          retries.until(end, () -> url(client, DEAD_LETTERS)));
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }

  private static SqsClient started(Path folder, Config config) {
    try {
      return IsolatingClassLoader.elasticMq().apply(config);
    } catch (IllegalStateException failed) {
      throw new DataFolderUnusable(folder, "its queues can't be restored", failed);
    }
  }

  private static String url(SqsClient client, String name) {
    return AwsFaults.calling(() -> client.getQueueUrl(get -> get.queueName(name)).queueUrl());
  }

  /** Returns a client of the service. */
  public SqsClient client() {
    return client;
  }

  /** Returns the URL of the enrolment queue. */
  public String queue() {
    return queue;
  }

  /** Returns the URL of the dead-letter queue, which {@link QueuePoller} fills. */
  public String deadLetters() {
    return deadLetters;
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
