package dev.facet.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.erasure.ApplicationContents.Content;
import dev.facet.core.erasure.ApplicationContents.Kind;
import dev.facet.core.faults.InternalFault;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.s3.S3Client;

/** Answers of DynamoDB that its local form never gives. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StoredContentsTest {

  private final List<WriteRequest> deleted = new ArrayList<>();
  private int calls;

  @Test
  void items_that_a_batch_leaves_are_deleted_by_further_ones() {
    List<Content> contents =
        IntStream.range(0, 7)
            .mapToObj(i -> new Content(Kind.SUBJECTS, List.of("subject#" + i, "-")))
            .toList();

    contents(this::halves).erase(contents);

    assertThat(deleted)
        .extracting(
            write ->
                Item.fromPart(AttributeValue.fromM(write.deleteRequest().key()))
                    .text(Tables.PARTITION))
        .containsExactlyInAnyOrderElementsOf(
            contents.stream().map(content -> content.place().getFirst()).toList());
    assertThat(calls).isEqualTo(3);
  }

  /** Deletes half of a batch, but at least one item. */
  private BatchWriteItemResponse halves(Method method, Object argument) {
    calls++;
    BatchWriteItemRequest.Builder request = BatchWriteItemRequest.builder();
    apply(argument, request);
    List<WriteRequest> items =
        Objects.requireNonNull(request.build().requestItems().get(Tables.DEFAULT.data()));
    int done = (items.size() + 1) / 2;
    deleted.addAll(items.subList(0, done));
    List<WriteRequest> left = items.subList(done, items.size());
    return BatchWriteItemResponse.builder()
        .unprocessedItems(left.isEmpty() ? Map.of() : Map.of(Tables.DEFAULT.data(), left))
        .build();
  }

  @SuppressWarnings("unchecked")
  private static void apply(Object consumer, BatchWriteItemRequest.Builder request) {
    ((Consumer<BatchWriteItemRequest.Builder>) consumer).accept(request);
  }

  @Test
  void the_days_of_backups_are_those_of_the_table() {
    assertThat(recoveryDays("ENABLED", 7)).isEqualTo(OptionalInt.of(7));
    assertThat(recoveryDays("ENABLED", null)).isEqualTo(OptionalInt.of(35));
    assertThat(recoveryDays("DISABLED", null)).isEmpty();
  }

  private OptionalInt recoveryDays(String status, @Nullable Integer days) {
    PointInTimeRecoveryDescription recovery =
        PointInTimeRecoveryDescription.builder()
            .pointInTimeRecoveryStatus(status)
            .recoveryPeriodInDays(days)
            .build();
    return contents(
            (method, argument) ->
                DescribeContinuousBackupsResponse.builder()
                    .continuousBackupsDescription(
                        backups -> backups.pointInTimeRecoveryDescription(recovery))
                    .build())
        .recoveryDays();
  }

  @Test
  void a_missing_permission_is_a_fault() {
    DynamoCall refused =
        (method, argument) -> {
          throw DynamoDbException.builder()
              .statusCode(400)
              .awsErrorDetails(AwsErrorDetails.builder().errorCode("AccessDeniedException").build())
              .build();
        };
    assertThatThrownBy(() -> contents(refused).recoveryDays())
        .isInstanceOf(InternalFault.class)
        .hasMessageContaining("AccessDeniedException");
  }

  /** The answer to a call of DynamoDB. */
  private interface DynamoCall {
    Object answer(Method method, Object argument);
  }

  private static StoredContents contents(DynamoCall dynamo) {
    return new StoredContents(
        client(DynamoDbClient.class, (proxy, method, args) -> dynamo.answer(method, args[0])),
        Tables.DEFAULT,
        client(
            S3Client.class,
            (proxy, method, args) -> {
              throw new AssertionError("no photo is concerned");
            }),
        "images",
        InstantSource.system());
  }

  private static <T> T client(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
