package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.jobs.DeadLetters;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * {@link DeadLetters} in an SQS queue. A listing receives all messages and then makes each one
 * visible again.
 */
public final class SqsDeadLetters implements DeadLetters {

  private static final int BATCH_SIZE = 10;

  private final SqsClient client;
  private final String url;
  private final Duration hidden;

  /**
   * Creates access to the dead-letter queue of this URL; a listing hides a message for up to 30 s.
   */
  public SqsDeadLetters(SqsClient client, String url) {
    this(client, url, Duration.ofSeconds(30));
  }

  /**
   * Creates access to a dead-letter queue.
   *
   * @param hidden how long a listing hides a message, so that it receives each message once
   */
  public SqsDeadLetters(SqsClient client, String url, Duration hidden) {
    this.client = client;
    this.url = url;
    this.hidden = hidden;
  }

  @Override
  public List<Letter> list() {
    Map<String, Message> letters = new LinkedHashMap<>();
    while (true) {
      int before = letters.size();
      receive().forEach(message -> letters.put(message.messageId(), message));
      if (letters.size() == before) {
        letters.values().forEach(this::putBack);
        return letters.values().stream().map(SqsDeadLetters::letter).toList();
      }
    }
  }

  @Override
  public void remove(Letter letter) {
    calling(() -> client.deleteMessage(del -> del.queueUrl(url).receiptHandle(letter.receipt())));
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

  private void putBack(Message message) {
    calling(
        () ->
            client.changeMessageVisibility(
                change ->
                    change
                        .queueUrl(url)
                        .receiptHandle(message.receiptHandle())
                        .visibilityTimeout(0)));
  }

  private static Letter letter(Message message) {
    String sent = message.attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP);
    return new Letter(
        message.body(),
        sent == null ? Instant.EPOCH : Instant.ofEpochMilli(Long.parseLong(sent)),
        message.receiptHandle());
  }
}
