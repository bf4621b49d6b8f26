package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.jobs.DeadLetters;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * {@link DeadLetters} in an SQS queue. A visit hides the messages that it keeps, so that it
 * receives each one once, and makes them visible again at its end.
 */
public final class SqsDeadLetters implements DeadLetters {

  private static final int BATCH_SIZE = 10;

  /** The number of receives without an unvisited message after which a visit ends. */
  private static final int MAX_REPEATED_RECEIVES = 3;

  private final SqsClient client;
  private final String url;
  private final Duration hidden;
  private final InstantSource clock;

  /**
   * Creates access to the dead-letter queue of this URL; a visit hides a message for up to two
   * minutes.
   */
  public SqsDeadLetters(SqsClient client, String url, InstantSource clock) {
    this(client, url, Duration.ofMinutes(2), clock);
  }

  /**
   * Creates access to a dead-letter queue.
   *
   * @param hidden how long a visit hides a message that it keeps; with zero a visit relies on the
   *     queue to return other messages first
   */
  public SqsDeadLetters(SqsClient client, String url, Duration hidden, InstantSource clock) {
    this.client = client;
    this.url = url;
    this.hidden = hidden;
    this.clock = clock;
  }

  @Override
  public boolean visit(Instant until, Visitor visitor) {
    Map<String, String> receipts = new LinkedHashMap<>();
    try {
      int repeated = 0;
      List<Message> page = receive();
      while (!page.isEmpty() && repeated < MAX_REPEATED_RECEIVES) {
        int before = receipts.size();
        int removed = visit(page, until, visitor, receipts);
        if (!clock.instant().isBefore(until)) {
          return false;
        }
        repeated = receipts.size() == before && removed == 0 ? repeated + 1 : 0;
        page = receive();
      }
      page.forEach(message -> receipts.put(message.messageId(), message.receiptHandle()));
      return true;
    } finally {
      putBack(List.copyOf(receipts.values()));
    }
  }

  /** Visits a page as far as the time allows, and returns the number of messages removed. */
  private int visit(
      List<Message> page, Instant until, Visitor visitor, Map<String, String> receipts) {
    List<Message> fresh =
        page.stream().filter(message -> !receipts.containsKey(message.messageId())).toList();
    page.forEach(message -> receipts.put(message.messageId(), message.receiptHandle()));
    int removed = 0;
    for (Message message : fresh) {
      if (clock.instant().isBefore(until) && visitor.visit(letter(message)) == Verdict.REMOVE) {
        delete(message);
        receipts.remove(message.messageId());
        removed++;
      }
    }
    return removed;
  }

  private List<Message> receive() {
    return calling(
            () ->
                client.receiveMessage(
                    receive ->
                        receive
                            .queueUrl(url)
                            .maxNumberOfMessages(BATCH_SIZE)
                            .visibilityTimeout((int) hidden.toSeconds())
                            .waitTimeSeconds(1)
                            .messageSystemAttributeNames(
                                MessageSystemAttributeName.SENT_TIMESTAMP)))
        .messages();
  }

  private void delete(Message message) {
    calling(
        () ->
            client.deleteMessage(del -> del.queueUrl(url).receiptHandle(message.receiptHandle())));
  }

  private void putBack(List<String> receipts) {
    if (hidden.isZero()) {
      return;
    }
    try {
      for (int from = 0; from < receipts.size(); from += BATCH_SIZE) {
        int to = Math.min(from + BATCH_SIZE, receipts.size());
        putBackBatch(receipts.subList(from, to));
      }
    } catch (SdkException hiddenUntilTheirTimeout) {
      // the messages become visible by themselves when their visibility timeout ends
    }
  }

  private void putBackBatch(List<String> receipts) {
    List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
    for (String receipt : receipts) {
      entries.add(
          ChangeMessageVisibilityBatchRequestEntry.builder()
              .id("m" + entries.size())
              .receiptHandle(receipt)
              .visibilityTimeout(0)
              .build());
    }
    client.changeMessageVisibilityBatch(change -> change.queueUrl(url).entries(entries));
  }

  private static Letter letter(Message message) {
    String sent = message.attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP);
    return new Letter(
        message.body(), sent == null ? Instant.EPOCH : Instant.ofEpochMilli(Long.parseLong(sent)));
  }
}
