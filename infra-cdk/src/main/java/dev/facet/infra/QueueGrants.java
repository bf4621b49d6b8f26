package dev.facet.infra;

import dev.facet.aws.StoreKeys;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.EventSourceMappingOptions;

/**
 * The permissions for queued enrolments. Each job is encrypted with a separate data key under the
 * stores' key: the enrolling functions can generate data keys, only the worker can decrypt them.
 */
record QueueGrants(DataStores stores, RetryQueue retries) {

  private static final int BATCH_SIZE = 10;

  /** Limits the pollers, so that no delivery finds all workers busy and wastes a receive. */
  static final int MAX_WORKERS = 5;

  private static final List<String> POLL_ACTIONS =
      List.of(
          "sqs:ReceiveMessage",
          "sqs:DeleteMessage",
          "sqs:GetQueueAttributes",
          "sqs:ChangeMessageVisibility");

  private static final List<String> CONTEXT_KEYS = List.of("job");

  /** Allows a function to queue enrolments and to read their status. */
  void grantEnqueue(FunctionRole permissions) {
    grantReadStatus(permissions);
    permissions.grant(List.of("sqs:SendMessage"), retries.queue().getQueueArn());
    permissions.grantKey(
        List.of("kms:Decrypt", "kms:GenerateDataKey"), stores.key().getKeyArn(), "sqs");
    permissions.grant(List.of("kms:GenerateDataKey"), stores.key().getKeyArn(), jobsOnly());
  }

  /** Allows a function to verify the ids of jobs and to read their status. */
  void grantReadStatus(FunctionRole permissions) {
    permissions.grant(List.of("kms:GenerateMac"), retries.jobNames().getKeyArn());
    grantJobItems(permissions, "dynamodb:GetItem");
  }

  /** Allows the worker to decrypt jobs and record their status, and connects it to the queue. */
  void grantWork(HandlerFunction worker) {
    FunctionRole permissions = worker.permissions();
    permissions.grant(List.of("kms:Decrypt"), stores.key().getKeyArn(), jobsOnly());
    grantJobItems(permissions, "dynamodb:GetItem", "dynamodb:PutItem");
    // Lambda polls with the worker's role; the CDK's event source would let that role use the key
    // for anything
    permissions.grant(POLL_ACTIONS, retries.queue().getQueueArn());
    permissions.grantKey(List.of("kms:Decrypt"), stores.key().getKeyArn(), "sqs");
    worker
        .live()
        .addEventSourceMapping(
            "Enrolments",
            EventSourceMappingOptions.builder()
                .eventSourceArn(retries.queue().getQueueArn())
                .batchSize(BATCH_SIZE)
                .maxConcurrency(MAX_WORKERS)
                .reportBatchItemFailures(true)
                .build());
  }

  /**
   * Allows a function to replay dead letters and to settle their jobs, and runs it every minute.
   */
  void grantDeadLetters(HandlerFunction tending) {
    FunctionRole permissions = tending.permissions();
    permissions.grant(
        List.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"),
        retries.deadLetters().getQueueArn());
    permissions.grant(List.of("sqs:SendMessage"), retries.queue().getQueueArn());
    permissions.grantKey(
        FunctionRole.WRITE_KEY_ACTIONS, stores.key().getKeyArn(), "sqs", "dynamodb");
    grantJobItems(permissions, "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem");
    permissions.grant(
        List.of("dynamodb:GetItem"),
        stores.data().getTableArn(),
        FunctionRole.keyed(StoreKeys.OPERATION_PREFIX + "*"));
    tending.schedule("EveryMinute", Duration.minutes(1));
  }

  private void grantJobItems(FunctionRole permissions, String... actions) {
    permissions.grant(
        List.of(actions),
        stores.data().getTableArn(),
        FunctionRole.keyed(StoreKeys.JOB_PREFIX + "*"));
  }

  /** Returns conditions for the encryption context of jobs; other uses of the key carry others. */
  private static Map<String, Object> jobsOnly() {
    return new TreeMap<>(
        Map.of(
            "ForAllValues:StringEquals",
            Map.of("kms:EncryptionContextKeys", CONTEXT_KEYS),
            "Null",
            Map.of("kms:EncryptionContextKeys", "false")));
  }
}
