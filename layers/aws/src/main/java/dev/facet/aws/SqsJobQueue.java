package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.jobs.JobQueue;
import java.time.Duration;
import software.amazon.awssdk.services.sqs.SqsClient;

/** {@link JobQueue} on a standard SQS queue. */
public final class SqsJobQueue implements JobQueue {

  private final SqsClient client;
  private final String url;

  /** Creates access to the queue of this URL. */
  public SqsJobQueue(SqsClient client, String url) {
    this.client = client;
    this.url = url;
  }

  @Override
  public void send(String message) {
    calling(() -> client.sendMessage(send -> send.queueUrl(url).messageBody(message)));
  }

  @Override
  public void postpone(String receipt, Duration by) {
    calling(
        () ->
            client.changeMessageVisibility(
                change ->
                    change
                        .queueUrl(url)
                        .receiptHandle(receipt)
                        .visibilityTimeout(Math.toIntExact(by.toSeconds()))));
  }
}
