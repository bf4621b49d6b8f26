package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.faults.TransientFault;
import dev.facet.core.plans.UsageCounter;
import dev.facet.core.plans.UsagePlan.Quota;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * A counter of requests that counts in memory and adds its counts to the data table, which holds
 * the sum over all processes. It writes at a key's first request, then every 100 requests or at the
 * first request after 5 s. Safe for concurrent use.
 *
 * <p>A quota can therefore be exceeded by the counts that other processes have not written yet: 100
 * requests, or the requests of 5 s, per process. A process that ends loses its unwritten counts; a
 * write without a response may count twice. If the table is unavailable, requests are not refused
 * for it.
 */
public final class DynamoUsage implements UsageCounter {

  private static final int MAX_UNWRITTEN = 100;
  private static final Duration MAX_DELAY = Duration.ofSeconds(5);

  /** The lifetime of a count, longer than any period. */
  private static final Duration LIFETIME = Duration.ofDays(40);

  private static final String REQUESTS = "requests";

  private final DynamoDbClient client;
  private final String table;
  private final InstantSource clock;
  private final Map<UUID, Count> counts = new ConcurrentHashMap<>();

  /** Creates a counter on the data table. */
  public DynamoUsage(DynamoDbClient client, Tables tables, InstantSource clock) {
    this.client = client;
    this.table = tables.data();
    this.clock = clock;
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
    try {
      count.written = added(key, count, now);
      count.unwritten = 0;
    } catch (TransientFault notNow) {
      // written with the next requests
    }
  }

  private long added(UUID key, Count count, Instant now) {
    Map<String, AttributeValue> values =
        Item.part()
            .number(":requests", count.unwritten)
            .number(":schema", 1)
            .number(":expires", now.plus(LIFETIME).getEpochSecond())
            .attributes();
    var response =
        calling(
            () ->
                client.updateItem(
                    update ->
                        update
                            .tableName(table)
                            .key(Item.key(StoreKeys.usage(key), count.period))
                            .updateExpression(
                                "ADD #requests :requests SET #schema = :schema, #expires ="
                                    + " :expires")
                            .expressionAttributeNames(
                                Map.of(
                                    "#requests",
                                    REQUESTS,
                                    "#schema",
                                    "schema",
                                    "#expires",
                                    Tables.EXPIRES))
                            .expressionAttributeValues(values)
                            .returnValues(ReturnValue.ALL_NEW)));
    return Item.from(response.attributes()).number(REQUESTS);
  }
}
