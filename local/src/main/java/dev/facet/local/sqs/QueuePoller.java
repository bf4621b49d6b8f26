package dev.facet.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.core.retry.Backoff;
import dev.facet.local.data.Json;
import dev.facet.local.lambda.Lambda;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Passes a queue's messages to a function as Lambda's event source mapping does, in batches of up
 * to ten and a few batches at a time. Messages that the function does not report as failed are
 * deleted.
 *
 * <p>It also applies SQS's redrive policy: a message that exceeds the maximum receive count moves
 * to the dead-letter queue. ElasticMQ's own policy leaves such a message in its database, so that a
 * restart would restore it and fail to move it again.
 */
public final class QueuePoller implements AutoCloseable {

  private static final int BATCH_SIZE = 10;
  private static final int CONCURRENCY = 2;
  private static final int POLL_SECONDS = 1;
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);
  private static final Backoff BACKOFF = Backoff.constant(Duration.ofSeconds(1));

  private final SqsClient client;
  private final Queues queues;
  private final Lambda lambda;
  private final String function;
  private final PrintStream log;
  private final List<Thread> threads;
  private volatile boolean closed;

  /**
   * The queues and the retry limit.
   *
   * @param source the URL of the queue that is polled
   * @param deadLetters the URL of the dead-letter queue
   * @param maxReceives the maximum number of times that the function receives a message
   */
  public record Queues(String source, String deadLetters, int maxReceives) {}

  /** Starts polling. */
  public QueuePoller(
      SqsClient client, Queues queues, Lambda lambda, String function, PrintStream log) {
    this.client = client;
    this.queues = queues;
    this.lambda = lambda;
    this.function = function;
    this.log = log;
    this.threads =
        IntStream.range(0, CONCURRENCY)
            .mapToObj(i -> Thread.ofVirtual().name("poller-" + i).unstarted(this::poll))
            .toList();
    threads.forEach(Thread::start);
  }

  /** Stops polling and waits for the batches in progress, up to a timeout. */
  @Override
  public void close() {
    closed = true;
    try {
      for (Thread thread : threads) {
        thread.join(STOP_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void poll() {
    while (!closed) {
      try {
        List<Message> messages = redrive(receive());
        if (!messages.isEmpty()) {
          delete(messages, failed(lambda.invoke(function, event(messages))));
        }
      } catch (RuntimeException failure) {
        // after any failure, the messages come again when their visibility timeout ends
        log.printf(
            "{\"poller\":\"%s\",\"fault\":\"%s\"}%n", function, failure.getClass().getName());
        pause();
      }
    }
  }

  private List<Message> receive() {
    return client
        .receiveMessage(
            receive ->
                receive
                    .queueUrl(queues.source())
                    .maxNumberOfMessages(BATCH_SIZE)
                    .waitTimeSeconds(POLL_SECONDS)
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }

  /** Moves messages that exceed the receive count to the dead letters, and returns the others. */
  private List<Message> redrive(List<Message> messages) {
    return messages.stream().filter(message -> !isDead(message)).toList();
  }

  private boolean isDead(Message message) {
    String receives =
        message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
    if (receives == null || Integer.parseInt(receives) <= queues.maxReceives()) {
      return false;
    }
    // after a crash between the two calls the message is in both queues, which is harmless because
    // dead letters are identified by their job
    client.sendMessage(send -> send.queueUrl(queues.deadLetters()).messageBody(message.body()));
    delete(message);
    return true;
  }

  private static byte[] event(List<Message> messages) {
    ObjectNode event = Json.MAPPER.createObjectNode();
    ArrayNode records = event.putArray("Records");
    for (Message message : messages) {
      ObjectNode record =
          records
              .addObject()
              .put("messageId", message.messageId())
              .put("receiptHandle", message.receiptHandle())
              .put("body", message.body())
              .put("md5OfBody", message.md5OfBody())
              .put("eventSource", "aws:sqs")
              .put("eventSourceARN", "arn:aws:sqs:us-east-1:000000000000:enrol")
              .put("awsRegion", "us-east-1");
      record.putObject("messageAttributes");
      ObjectNode attributes = record.putObject("attributes");
      message.attributesAsStrings().forEach(attributes::put);
    }
    try {
      return Json.MAPPER.writeValueAsBytes(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> failed(byte[] response) {
    try {
      Set<String> failed = new HashSet<>();
      for (JsonNode failure : Json.MAPPER.readTree(response).path("batchItemFailures")) {
        failed.add(failure.path("itemIdentifier").asText());
      }
      return failed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void delete(List<Message> messages, Set<String> failed) {
    for (Message message : messages) {
      if (!failed.contains(message.messageId())) {
        delete(message);
      }
    }
  }

  private void delete(Message message) {
    client.deleteMessage(
        del -> del.queueUrl(queues.source()).receiptHandle(message.receiptHandle()));
  }

  private static void pause() {
    try {
      Thread.sleep(BACKOFF.after(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
