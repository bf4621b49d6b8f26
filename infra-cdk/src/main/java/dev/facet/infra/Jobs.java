package dev.facet.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.EventSourceMappingOptions;

/**
 * Who does what with queued enrolments. Their content is sealed under the stores' key, each with a
 * data key of its own: enrolling functions can make such keys, the worker alone can open them.
 */
record Jobs(Stores stores, RetryQueue retries) {

  private static final int A_BATCH = 10;

  /** Polls for no more, so that no delivery finds all workers busy and is used up for nothing. */
  private static final int WORKERS = 5;

  private static final List<String> POLLING =
      List.of(
          "sqs:ReceiveMessage",
          "sqs:DeleteMessage",
          "sqs:GetQueueAttributes",
          "sqs:ChangeMessageVisibility");

  private static final List<String> CONTEXT = List.of("job");

  /** Puts enrolments on the queue, and looks what became of them. */
  void letQueue(FunctionRole permissions) {
    letAsk(permissions);
    permissions.allow(List.of("sqs:SendMessage"), retries.queue().getQueueArn());
    permissions.allowKey(
        List.of("kms:Decrypt", "kms:GenerateDataKey"), stores.key().getKeyArn(), "sqs");
    permissions.allow(List.of("kms:GenerateDataKey"), stores.key().getKeyArn(), jobsOnly());
  }

  /** Knows ids of jobs, and looks what became of them. */
  void letAsk(FunctionRole permissions) {
    permissions.allow(List.of("kms:GenerateMac"), retries.jobNames().getKeyArn());
    letRecord(permissions, "dynamodb:GetItem");
  }

  /** Opens what is queued, and records what became of it. */
  void letWork(HandlerFunction worker) {
    FunctionRole permissions = worker.permissions();
    permissions.allow(List.of("kms:Decrypt"), stores.key().getKeyArn(), jobsOnly());
    letRecord(permissions, "dynamodb:GetItem", "dynamodb:PutItem");
    // Lambda polls by the worker's role; the CDK's event source would let that role use the key for
    // anything
    permissions.allow(POLLING, retries.queue().getQueueArn());
    permissions.allowKey(List.of("kms:Decrypt"), stores.key().getKeyArn(), "sqs");
    worker
        .live()
        .addEventSourceMapping(
            "Enrolments",
            EventSourceMappingOptions.builder()
                .eventSourceArn(retries.queue().getQueueArn())
                .batchSize(A_BATCH)
                .maxConcurrency(WORKERS)
                .reportBatchItemFailures(true)
                .build());
  }

  /** Records every minute whose jobs are dead. */
  void letTend(HandlerFunction tending) {
    FunctionRole permissions = tending.permissions();
    permissions.allow(
        List.of("sqs:ReceiveMessage", "sqs:ChangeMessageVisibility"),
        retries.deadLetters().getQueueArn());
    permissions.allowKey(FunctionRole.WRITING, stores.key().getKeyArn(), "sqs", "dynamodb");
    letRecord(permissions, "dynamodb:GetItem", "dynamodb:PutItem");
    Rule.Builder.create(tending, "EveryMinute")
        .schedule(Schedule.rate(Duration.minutes(1)))
        .targets(List.of(new LambdaFunction(tending.live())))
        .build();
  }

  private void letRecord(FunctionRole permissions, String... actions) {
    permissions.allow(List.of(actions), stores.data().getTableArn(), FunctionRole.keyed("job#*"));
  }

  /** The key's other uses carry other contexts. */
  private static Map<String, Object> jobsOnly() {
    return Map.of(
        "ForAllValues:StringEquals",
        Map.of("kms:EncryptionContextKeys", CONTEXT),
        "Null",
        Map.of("kms:EncryptionContextKeys", "false"));
  }
}
