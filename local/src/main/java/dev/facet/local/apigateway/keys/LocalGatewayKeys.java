package dev.facet.local.apigateway.keys;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.GatewayKeys;
import dev.facet.core.keys.KeyId;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.plans.NewPlan;
import dev.facet.core.plans.UsagePlan;
import dev.facet.core.plans.UsagePlans;
import dev.facet.local.data.PrivateFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The local gateway's keys and plans, in a file. Of a key it stores only the {@link KeyId}, from
 * which neither the key nor a payload key can be derived.
 */
public final class LocalGatewayKeys implements GatewayKeys, UsagePlans {

  private final PrivateFile<Content> file;
  private final RandomGenerator random;
  private final Map<String, UsagePlan> plans = new LinkedHashMap<>();
  private final Map<UUID, Entry> keys = new LinkedHashMap<>();

  /**
   * A key that the gateway accepts.
   *
   * @param record the record that it belongs to
   * @param plan the plan that limits it
   */
  public record Admitted(UUID record, UsagePlan plan) {}

  private record Entry(UUID record, String keyId, boolean enabled, @Nullable String plan) {}

  private record Content(List<UsagePlan> plans, List<Entry> keys) {}

  /**
   * Reads the keys and plans of a file, which need not exist yet.
   *
   * @param standard a plan that exists in any case; one with the same id in the file takes
   *     precedence
   * @param random for the ids of plans
   */
  public LocalGatewayKeys(Path path, UsagePlan standard, RandomGenerator random) {
    this.random = random;
    file = new PrivateFile<>(path, new TypeReference<>() {});
    plans.put(standard.id(), standard);
    file.read()
        .ifPresent(
            content -> {
              content.plans().forEach(plan -> plans.put(plan.id(), plan));
              content.keys().forEach(key -> keys.put(key.record(), key));
            });
  }

  /** Finds a key that is enabled and has a plan; other keys are unusable. */
  public synchronized Optional<Admitted> admitted(ApiKey key) {
    String keyId = KeyId.of(key).hex();
    return keys.values().stream()
        .filter(entry -> entry.keyId().equals(keyId) && entry.enabled())
        .flatMap(entry -> plan(entry).map(plan -> new Admitted(entry.record(), plan)).stream())
        .findFirst();
  }

  /** Creates a plan, or replaces the one with the same id, at once for all its keys. */
  public synchronized void put(UsagePlan plan) {
    plans.put(plan.id(), plan);
    write();
  }

  @Override
  public synchronized List<UsagePlan> list() {
    return List.copyOf(plans.values());
  }

  @Override
  public synchronized Optional<UsagePlan> find(String id) {
    return Optional.ofNullable(plans.get(id));
  }

  @Override
  public synchronized UsagePlan create(NewPlan wanted) {
    String id;
    do {
      id = "%06x".formatted(random.nextInt(1 << 24));
    } while (plans.containsKey(id));
    UsagePlan plan = wanted.as(id);
    put(plan);
    return plan;
  }

  @Override
  public Optional<UsagePlan> findOpen(String id) {
    return find(id);
  }

  @Override
  public synchronized void delete(String id, Runnable check) {
    if (!plans.containsKey(id)) {
      throw new InvalidRequest("There is no usage plan %s.".formatted(id));
    }
    check.run();
    plans.remove(id);
    write();
  }

  @Override
  public synchronized Optional<Presence> find(UUID record) {
    return Optional.ofNullable(keys.get(record)).map(entry -> new Presence(entry.plan() != null));
  }

  @Override
  public synchronized void create(KeyRecord record, ApiKey key) {
    keys.putIfAbsent(record.id(), new Entry(record.id(), KeyId.of(key).hex(), true, null));
    write();
  }

  @Override
  public synchronized void join(KeyRecord record) {
    String plan = record.usagePlanId();
    if (plan == null || !plans.containsKey(plan)) {
      throw new InvalidRequest("There is no usage plan " + plan + ".");
    }
    change(record.id(), entry -> new Entry(entry.record(), entry.keyId(), entry.enabled(), plan));
  }

  @Override
  public synchronized void enable(UUID record, boolean enabled) {
    change(record, entry -> new Entry(entry.record(), entry.keyId(), enabled, entry.plan()));
  }

  @Override
  public synchronized void delete(UUID record) {
    keys.remove(record);
    write();
  }

  private Optional<UsagePlan> plan(Entry entry) {
    return Optional.ofNullable(entry.plan()).map(plans::get);
  }

  private void change(UUID record, UnaryOperator<Entry> change) {
    keys.computeIfPresent(record, (id, entry) -> change.apply(entry));
    write();
  }

  private void write() {
    file.write(new Content(List.copyOf(plans.values()), List.copyOf(keys.values())));
  }
}
