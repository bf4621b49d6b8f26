package dev.facet.local.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * Hands a queue's messages to a function as Lambda's event source mapping does: batches of up to
 * ten, a few at a time; what the function does not report as failed is deleted.
 */
public final class QueuePoller implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int A_BATCH = 10;
  private static final int CONCURRENCY = 2;
  private static final int POLL_SECONDS = 1;
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final SqsClient client;
  private final String url;
  private final Lambda lambda;
  private final String function;
  private final PrintStream log;
  private final List<Thread> threads;
  private volatile boolean closed;

  /** Begins to poll. */
  public QueuePoller(
      SqsClient client, String url, Lambda lambda, String function, PrintStream log) {
    this.client = client;
    this.url = url;
    this.lambda = lambda;
    this.function = function;
    this.log = log;
    this.threads =
        IntStream.range(0, CONCURRENCY)
            .mapToObj(i -> Thread.ofVirtual().name("poller-" + i).unstarted(this::poll))
            .toList();
    threads.forEach(Thread::start);
  }

  /** Lets the batches under way end. */
  @Override
  public void close() {
    closed = true;
    try {
      for (Thread thread : threads) {
        thread.join(PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void poll() {
    while (!closed) {
      try {
        List<Message> messages = receive();
        if (!messages.isEmpty()) {
          delete(messages, failed(lambda.invoke(function, event(messages))));
        }
      } catch (RuntimeException failure) {
        // whatever it is, polling goes on: the messages come again when they are visible again
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
                    .queueUrl(url)
                    .maxNumberOfMessages(A_BATCH)
                    .waitTimeSeconds(POLL_SECONDS)
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }

  private static byte[] event(List<Message> messages) {
    ObjectNode event = JSON.createObjectNode();
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
      return JSON.writeValueAsBytes(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> failed(byte[] response) {
    try {
      Set<String> failed = new HashSet<>();
      for (JsonNode failure : JSON.readTree(response).path("batchItemFailures")) {
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
        client.deleteMessage(del -> del.queueUrl(url).receiptHandle(message.receiptHandle()));
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
