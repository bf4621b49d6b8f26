package dev.facet.local.sqs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.facet.aws.AwsClients;
import dev.facet.local.sdk.LoopbackHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * ElasticMQ in this process, on a free loopback port, with its messages in a database that is on
 * the disk when a send is acknowledged. It checks no signatures: messages are sealed, and a message
 * that anyone else sends is rejected as unreadable.
 */
public final class EmbeddedSqs implements AutoCloseable {

  private static final String QUEUE = "enrol";
  private static final String DEAD_LETTERS = "enrol-dead";
  private static final List<QueueAttributeName> COUNTS =
      List.of(
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

  private final Runnable stop;
  private final String url;
  private final SqsClient client;

  private EmbeddedSqs(Runnable stop, String url) {
    this.stop = stop;
    this.url = url;
    this.client = client(url);
  }

  /**
   * Starts the service with a queue and its dead-letter queue.
   *
   * @param folder the folder of the database
   * @param visibility the visibility timeout of a received message
   */
  public static EmbeddedSqs start(Path folder, Duration visibility) {
    int port = freePort();
    String database = "jdbc:h2:" + folder.resolve("enrol").toAbsolutePath();
    int persisted = PersistedMessages.count(database);
    Config config =
        ConfigFactory.parseString(configuration(database, port, visibility))
            .withFallback(ConfigFactory.load())
            .resolve();
    EmbeddedSqs started =
        new EmbeddedSqs(IsolatingClassLoader.elasticMq().apply(config), "http://127.0.0.1:" + port);
    try {
      started.await(persisted);
      return started;
    } catch (RuntimeException | Error e) {
      started.close();
      throw e;
    }
  }

  /** Waits until ElasticMQ has restored its queues and messages, which it does after its start. */
  private void await(int persisted) {
    Instant end = Instant.now().plus(START_TIMEOUT);
    while (restored() < persisted) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException("ElasticMQ did not restore its messages in time.");
      }
      LockSupport.parkNanos(POLL_INTERVAL.toNanos());
    }
  }

  /** Returns the number of messages in both queues, visible or not; -1 while a queue is missing. */
  private int restored() {
    try {
      return count(queue()) + count(deadLetters());
    } catch (QueueDoesNotExistException notYet) {
      return -1;
    }
  }

  private int count(String url) {
    return client
        .getQueueAttributes(get -> get.queueUrl(url).attributeNames(COUNTS))
        .attributes()
        .values()
        .stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }

  /** Returns a client of the service. */
  public SqsClient client() {
    return client;
  }

  /** Returns the URL at which the service listens. */
  public String url() {
    return url;
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
    client.close();
    stop.run();
  }

  /**
   * Disables two defaults: H2 would write half a second after it answers, and Pekko's shutdown hook
   * would stop the server before its callers stop.
   */
  private static String configuration(String database, int port, Duration visibility) {
    return """
    include classpath("application.conf")
    pekko.loglevel = "WARNING"
    pekko.jvm-shutdown-hooks = off
    pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
    node-address { protocol = http, host = "127.0.0.1", port = %1$d, context-path = "" }
    rest-sqs { enabled = true, bind-port = %1$d, bind-hostname = "127.0.0.1", sqs-limits = strict }
    rest-stats { enabled = false }
    messages-storage {
      enabled = true
      driver-class = "org.h2.Driver"
      uri = "%2$s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE"
      username = ""
      password = ""
      prune-data-on-init = false
    }
    aws { region = us-east-1, accountId = "000000000000" }
    queues {
      %3$s { defaultVisibilityTimeout = %4$d seconds }
      %5$s { }
    }
    """
        .formatted(port, database, QUEUE, visibility.toSeconds(), DEAD_LETTERS);
  }

  private static int freePort() {
    try (ServerSocket socket =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SqsClient client(String url) {
    return AwsClients.sqs(LoopbackHttp.client())
        .endpointOverride(URI.create(url))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .build();
  }
}
