package dev.facet.infra;

import dev.facet.core.faces.EnrolmentQueue;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.kms.KeySpec;
import software.amazon.awscdk.services.kms.KeyUsage;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * The queue of writes that met a transient fault. After three attempts a message moves to the
 * dead-letter queue. SQS counts the retention of a dead letter from its first send, so a message
 * lives for 14 days in both queues together.
 */
final class RetryQueue extends Construct {

  private static final int MAX_RECEIVES = 3;

  /** Six times the consumer's timeout, as the SQS documentation recommends. */
  private static final Duration VISIBILITY_TIMEOUT =
      Duration.seconds(6 * HandlerFunction.TIMEOUT_SECONDS);

  private static final Duration MAX_RETENTION = Duration.days(EnrolmentQueue.MAX_AGE.toDays());

  private final Queue queue;
  private final Queue deadLetters;
  private final Key jobNames;

  RetryQueue(Construct scope, IKey key) {
    super(scope, "Retries");
    deadLetters = queue("DeadLetters", key).build();
    queue =
        queue("Queue", key)
            .visibilityTimeout(VISIBILITY_TIMEOUT)
            .deadLetterQueue(
                DeadLetterQueue.builder().queue(deadLetters).maxReceiveCount(MAX_RECEIVES).build())
            .build();
    jobNames =
        Key.Builder.create(this, "JobNames")
            .description("Facet: makes the ids of queued enrolments recognisable")
            .keySpec(KeySpec.HMAC_256)
            .keyUsage(KeyUsage.GENERATE_VERIFY_MAC)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
  }

  /** Returns the HMAC key that makes the ids of jobs verifiable. */
  Key jobNames() {
    return jobNames;
  }

  Queue queue() {
    return queue;
  }

  Queue deadLetters() {
    return deadLetters;
  }

  private Queue.Builder queue(String id, IKey key) {
    return Queue.Builder.create(this, id)
        .encryption(QueueEncryption.KMS)
        .encryptionMasterKey(key)
        .dataKeyReuse(Duration.hours(1))
        .enforceSsl(true)
        .retentionPeriod(MAX_RETENTION)
        .removalPolicy(RemovalPolicy.DESTROY);
  }
}
