package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.plans.SharedBuckets;
import dev.facet.core.plans.UsagePlan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * {@link SharedBuckets} on the data table, by the generic cell rate algorithm: an item for each key
 * holds the time at which its bucket is full again, in microseconds. Taking tokens moves this time
 * on, by one conditional update without a read before it, so that concurrent calls do not conflict.
 *
 * <p>The clocks of the processes decide; a process whose clock is ahead by a time gets at most the
 * tokens of that time too early. Safe for concurrent use.
 */
public final class DynamoBuckets implements SharedBuckets {

  /** A bucket is full long before, and a new one is full. */
  private static final Duration LIFETIME = Duration.ofDays(1);

  /** Each attempt fails only because another process filled or emptied the bucket. */
  private static final int MAX_ATTEMPTS = 4;

  private static final String FULL_AT = "fullAt";
  private static final String SCHEMA_IS_KNOWN =
      "(attribute_not_exists(#schema) OR #schema <= :schema)";

  private final DynamoDbClient client;
  private final String table;

  /** Creates buckets in the data table. */
  public DynamoBuckets(DynamoDbClient client, Tables tables) {
    this.client = client;
    this.table = tables.data();
  }

  @Override
  public Grant take(UUID key, UsagePlan plan, int tokens, Instant now, @Nullable Grant last) {
    Request request = new Request(key, plan, tokens, micros(now));
    Long fullAt = last == null ? null : (Long) micros(last.fullAt());
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      boolean isFull = fullAt == null || fullAt < request.now();
      Outcome outcome = isFull ? takenFromFull(request) : taken(request);
      if (outcome.done()) {
        return new Grant(tokens, instant(outcome.fullAt() == null ? 0 : outcome.fullAt()));
      }
      fullAt = outcome.fullAt();
      if (fullAt != null && fullAt > request.latest()) {
        return new Grant(0, instant(fullAt));
      }
    }
    return new Grant(0, now);
  }

  private record Request(UUID key, UsagePlan plan, int tokens, long now) {

    /** Returns the time in which the tokens flow in. */
    long cost() {
      return (long) Math.ceil(tokens * 1e6 / plan.rate());
    }

    /** Returns the latest time of a full bucket that now holds the tokens. */
    long latest() {
      return now + (long) (plan.burst() * 1e6 / plan.rate()) - cost();
    }
  }

  /**
   * The outcome of one update.
   *
   * @param fullAt the stored time after a success, or instead of it; null if there is none
   */
  private record Outcome(boolean done, @Nullable Long fullAt) {}

  private Outcome takenFromFull(Request request) {
    return updated(
        request,
        "SET #fullAt = :next, #schema = :schema, #expires = :expires",
        "(attribute_not_exists(#fullAt) OR #fullAt < :now) AND " + SCHEMA_IS_KNOWN,
        Map.of(":next", number(request.now() + request.cost()), ":now", number(request.now())));
  }

  private Outcome taken(Request request) {
    return updated(
        request,
        "SET #fullAt = #fullAt + :cost, #expires = :expires",
        "#fullAt BETWEEN :now AND :latest AND " + SCHEMA_IS_KNOWN,
        Map.of(
            ":cost", number(request.cost()),
            ":now", number(request.now()),
            ":latest", number(request.latest())));
  }

  private Outcome updated(
      Request request, String update, String condition, Map<String, AttributeValue> values) {
    Map<String, AttributeValue> all = new HashMap<>(values);
    all.put(":schema", number(1));
    all.put(":expires", number(instant(request.now()).plus(LIFETIME).getEpochSecond()));
    return calling(
        () -> {
          try {
            var response =
                client.updateItem(
                    item ->
                        item.tableName(table)
                            .key(Item.key(StoreKeys.usage(request.key()), StoreKeys.USAGE_BUCKET))
                            .updateExpression(update)
                            .conditionExpression(condition)
                            .expressionAttributeNames(
                                Map.of(
                                    "#fullAt",
                                    FULL_AT,
                                    "#schema",
                                    "schema",
                                    "#expires",
                                    Tables.EXPIRES))
                            .expressionAttributeValues(all)
                            .returnValues(ReturnValue.ALL_NEW)
                            .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return new Outcome(true, Item.from(response.attributes()).number(FULL_AT));
          } catch (ConditionalCheckFailedException failed) {
            return new Outcome(
                false, failed.hasItem() ? (Long) Item.from(failed.item()).number(FULL_AT) : null);
          }
        });
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
