package dev.facet.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.faults.InternalFault;
import dev.facet.core.jobs.DeadLetters.Letter;
import dev.facet.core.jobs.DeadLetters.Verdict;
import dev.facet.core.jobs.JobQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * What a queue of SQS with dead letters has to do for jobs, as AWS documents it: at least one
 * delivery, in any order; hidden while it is worked on; given up after three.
 *
 * <p>A standard queue of SQS may deliver a message twice, and in any order; LocalStack's and
 * ElasticMQ's were never seen to. The contract holds for all three: it asks for no order, and a
 * message counts as given up when a receive in vain has followed the third.
 */
abstract class QueueContract {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private String url = "";
  private String deadUrl = "";

  /** Where queues are. */
  abstract SqsClient client();

  private JobQueue queue() {
    return new SqsJobQueue(client(), url);
  }

  private SqsDeadLetters dead() {
    return new SqsDeadLetters(client(), deadUrl, Duration.ofSeconds(20), InstantSource.system());
  }

  @BeforeEach
  void makeTheQueues() {
    deadUrl = client().createQueue(create -> create.queueName(name("dead"))).queueUrl();
    String arn =
        client()
            .getQueueAttributes(
                get -> get.queueUrl(deadUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    url =
        client()
            .createQueue(
                create ->
                    create
                        .queueName(name("enrol"))
                        .attributes(
                            Map.of(
                                QueueAttributeName.VISIBILITY_TIMEOUT,
                                "60",
                                QueueAttributeName.REDRIVE_POLICY,
                                "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"3\"}"
                                    .formatted(arn))))
            .queueUrl();
  }

  @AfterEach
  void removeThem() {
    List.of(url, deadUrl).forEach(queue -> client().deleteQueue(delete -> delete.queueUrl(queue)));
  }

  private static String name(String prefix) {
    return prefix + "-" + UUID.randomUUID();
  }

  @Test
  void every_message_is_delivered_until_it_is_acknowledged() {
    Set<String> sent = new HashSet<>();
    IntStream.range(0, 25).mapToObj(i -> "message " + i).forEach(sent::add);
    sent.forEach(queue()::send);
    Set<String> received = new HashSet<>();
    Instant end = Instant.now().plus(TIMEOUT);
    while (!received.equals(sent) && Instant.now().isBefore(end)) {
      for (Message message : receive()) {
        received.add(message.body());
        client().deleteMessage(del -> del.queueUrl(url).receiptHandle(message.receiptHandle()));
      }
    }
    assertThat(received).isEqualTo(sent);
    assertThat(receive()).isEmpty();
  }

  @Test
  void the_largest_message_is_delivered_whole() {
    String large = "é".repeat(JobQueue.MAX_BYTES / 2);
    queue().send(large);
    assertThat(awaited().body()).isEqualTo(large);
  }

  @Test
  void a_message_that_is_worked_on_is_hidden_until_it_is_due() {
    queue().send("once");
    Message message = awaited();
    assertThat(receive()).isEmpty();
    queue().postpone(message.receiptHandle(), Duration.ofHours(1));
    assertThat(receive()).isEmpty();
    queue().postpone(message.receiptHandle(), Duration.ZERO);
    assertThat(awaited().body()).isEqualTo("once");
  }

  @Test
  void what_was_received_three_times_in_vain_is_a_dead_letter_until_it_is_removed() {
    queue().send("in vain");
    for (int time = 1; time <= 3; time++) {
      queue().postpone(awaited().receiptHandle(), Duration.ZERO);
    }
    assertThat(receive()).isEmpty();

    assertThat(visited(Verdict.KEEP)).extracting(Letter::message).containsExactly("in vain");
    Letter letter = visited(Verdict.REMOVE).getFirst();
    assertThat(letter.sent()).isAfter(Instant.now().minus(Duration.ofHours(1)));
    assertThat(visited(Verdict.KEEP)).isEmpty();
  }

  @Test
  void a_visit_meets_each_of_many_dead_letters_once_and_keeps_or_removes_it() {
    SqsJobQueue filled = new SqsJobQueue(client(), deadUrl);
    Set<String> kept = new HashSet<>();
    for (int i = 0; i < 35; i++) {
      filled.send("letter " + i);
      if (i % 3 == 0) {
        kept.add("letter " + i);
      }
    }
    List<String> met = new ArrayList<>();
    boolean whole =
        dead()
            .visit(
                Instant.now().plus(TIMEOUT),
                letter -> {
                  met.add(letter.message());
                  return kept.contains(letter.message()) ? Verdict.KEEP : Verdict.REMOVE;
                });
    assertThat(whole).isTrue();
    assertThat(met).hasSize(35).doesNotHaveDuplicates();
    assertThat(visited(Verdict.KEEP))
        .extracting(Letter::message)
        .containsExactlyInAnyOrderElementsOf(kept);
  }

  @Test
  void a_visit_ends_at_its_time_and_a_failed_one_leaves_its_letter() {
    SqsJobQueue filled = new SqsJobQueue(client(), deadUrl);
    IntStream.range(0, 3).forEach(i -> filled.send("letter " + i));
    assertThat(dead().visit(Instant.now().minusSeconds(1), letter -> Verdict.REMOVE)).isFalse();
    assertThatThrownBy(
            () ->
                dead()
                    .visit(
                        Instant.now().plus(TIMEOUT),
                        letter -> {
                          throw new InternalFault("on purpose");
                        }))
        .isInstanceOf(InternalFault.class);
    assertThat(visited(Verdict.REMOVE)).hasSize(3);
    assertThat(visited(Verdict.KEEP)).isEmpty();
  }

  private List<Letter> visited(Verdict verdict) {
    List<Letter> letters = new ArrayList<>();
    dead()
        .visit(
            Instant.now().plus(TIMEOUT),
            letter -> {
              letters.add(letter);
              return verdict;
            });
    return letters;
  }

  private Message awaited() {
    Instant end = Instant.now().plus(TIMEOUT);
    while (Instant.now().isBefore(end)) {
      List<Message> messages = receive();
      if (!messages.isEmpty()) {
        assertThat(messages).hasSize(1);
        return messages.getFirst();
      }
    }
    throw new AssertionError("nothing is delivered");
  }

  private List<Message> receive() {
    return client()
        .receiveMessage(receive -> receive.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(1))
        .messages();
  }
}
