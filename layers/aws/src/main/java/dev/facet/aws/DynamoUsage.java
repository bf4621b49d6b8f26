package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.plans.UsageCounter;
import dev.facet.core.plans.UsagePlan.Quota;
import dev.facet.core.retry.OutagePause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * A counter of requests that counts in memory and adds its counts to the data table, which holds
 * the sum over all processes. It writes at a key's first request, then every 100 requests or at the
 * first request after 5 s. Safe for concurrent use.
 *
 * <p>A quota can therefore be exceeded by the counts that other processes have not written yet: 100
 * requests, or the requests of 5 s, per process. A process that ends loses its unwritten counts; a
 * write without a response may count twice. If the table is unavailable, requests are not refused
 * for it, and it is left alone for pauses of one second to 30 seconds.
 *
 * <p>It remembers at most about 10,000 keys; the counts of keys that are not in use are written and
 * dropped first.
 */
public final class DynamoUsage implements UsageCounter {

  private static final int MAX_UNWRITTEN = 100;
  private static final Duration MAX_DELAY = Duration.ofSeconds(5);

  private static final int MAX_KEYS = 10_000;

  /** The lifetime of a count, longer than any period. */
  private static final Duration LIFETIME = Duration.ofDays(40);

  private static final String REQUESTS = "requests";

  private final DynamoDbClient client;
  private final String table;
  private final InstantSource clock;
  private final OutagePause outage;
  private final Map<UUID, Count> counts = new ConcurrentHashMap<>();

  /** Creates a counter on the data table. */
  public DynamoUsage(DynamoDbClient client, Tables tables, InstantSource clock) {
    this.client = client;
    this.table = tables.data();
    this.clock = clock;
    this.outage = new OutagePause(clock);
  }

  /** The counts of a key in one period; guarded by the object itself. */
  private static final class Count {
    final String period;
    long written;
    int unwritten;
    Instant due = Instant.MIN;

    Count(String period) {
      this.period = period;
    }

    long requests() {
      return written + unwritten;
    }
  }

  @Override
  public boolean spend(UUID key, Quota quota, LocalDate today) {
    if (counts.size() >= MAX_KEYS && !counts.containsKey(key)) {
      counts.forEach(this::dropIfIdle);
    }
    String period = quota.period() + "#" + quota.period().begin(today);
    Count count =
        counts.compute(
            key,
            (id, known) ->
                known != null && known.period.equals(period) ? known : new Count(period));
    synchronized (count) {
      if (count.requests() >= quota.limit()) {
        return false;
      }
      count.unwritten++;
      Instant now = clock.instant();
      if (count.unwritten >= MAX_UNWRITTEN || !now.isBefore(count.due)) {
        flush(key, count, now);
      }
      return count.requests() <= quota.limit();
    }
  }

  private void flush(UUID key, Count count, Instant now) {
    count.due = now.plus(MAX_DELAY);
    // after a failure the requests are written with the next ones
    outage
        .attempt(() -> added(key, count, now))
        .ifPresent(
            written -> {
              count.written = written;
              count.unwritten = 0;
            });
  }

  private void dropIfIdle(UUID key, Count count) {
    synchronized (count) {
      Instant now = clock.instant();
      if (now.isBefore(count.due)) {
        return;
      }
      if (count.unwritten > 0) {
        flush(key, count, now);
      }
      if (count.unwritten == 0) {
        counts.remove(key, count);
      }
    }
  }

  private long added(UUID key, Count count, Instant now) {
    Map<String, AttributeValue> values =
        Item.part()
            .number(":requests", count.unwritten)
            .number(":schema", 1)
            .number(":expires", now.plus(LIFETIME).getEpochSecond())
            .attributes();
    return calling(
        () -> {
          try {
            var response =
                client.updateItem(
                    update ->
                        update
                            .tableName(table)
                            .key(Item.key(StoreKeys.usage(key), count.period))
                            .updateExpression(
                                "ADD #requests :requests SET #schema = :schema, #expires ="
                                    + " :expires")
                            .conditionExpression(
                                "attribute_not_exists(#schema) OR #schema <= :schema")
                            .expressionAttributeNames(
                                Map.of(
                                    "#requests",
                                    REQUESTS,
                                    "#schema",
                                    "schema",
                                    "#expires",
                                    Tables.EXPIRES))
                            .expressionAttributeValues(values)
                            .returnValues(ReturnValue.ALL_NEW)
                            .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return Item.from(response.attributes()).number(REQUESTS);
          } catch (ConditionalCheckFailedException newer) {
            // throws the fault of an item in a newer format
            return Item.from(newer.item()).number(REQUESTS);
          }
        });
  }
}
