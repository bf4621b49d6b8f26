package dev.facet.core.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.applications.ApplicationStore;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.Fault;
import dev.facet.core.faults.TransientFault;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of an API key, faults and crashes at every step included. */
class KeyLifecycleTest {

  private static final NewKey PLANNED = new NewKey("acme", "api", "plan", "code", null);
  private static final NewKey NODE_ONLY = new NewKey("acme", NewKey.NODE, "plan", null, null);
  private static final Instant NOW = Instant.parse("2026-05-05T10:00:00Z");

  private final World world = new World();
  private final KeyLifecycle lifecycle = world.lifecycle(NOW);

  @Test
  void aNewKeyIsActiveHereAndOnItsPlanAtTheGateway() {
    KeyLifecycle.Issued issued = lifecycle.create(PLANNED);

    assertThat(issued.key().isWellFormed()).isTrue();
    assertThat(world.find(KeyId.of(issued.key()))).contains(issued.record());
    assertThat(issued.record().isAccepted(NOW)).isTrue();
    assertThat(world.gatewayKeys).containsEntry(issued.record().id(), issued.key().secret());
    assertThat(world.planned).containsExactly(issued.record().id());
    assertThat(world.applications).containsKey(issued.record().application());
  }

  @Test
  void theGatewayDoesNotLearnOfAKeyForNodeOnly() {
    KeyLifecycle.Issued issued = lifecycle.create(NODE_ONLY);

    assertThat(issued.record().status()).isEqualTo(KeyStatus.ACTIVE);
    assertThat(world.gatewayKeys).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "join"})
  void aFaultOnTheWayLeavesNothing(String step) {
    world.failing.add(step);

    assertThatThrownBy(() -> lifecycle.create(PLANNED)).isInstanceOf(TransientFault.class);

    assertThat(world.records).isEmpty();
    assertThat(world.gatewayKeys).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"put 1", "create", "join"})
  void aCrashAtAnyStepLeavesTheKeyRefusedAndRepairFinishesOrUndoesIt(String step) {
    world.crashing = step;
    assertThatThrownBy(() -> lifecycle.create(PLANNED)).isInstanceOf(Crash.class);
    assertThat(world.records.values()).noneMatch(record -> record.isAccepted(NOW));

    world.crashing = "";
    KeyLifecycle later = world.lifecycle(NOW.plusSeconds(3600));
    later.repair(Duration.ofMinutes(5));

    assertThat(world.records.values()).allMatch(record -> record.status() == KeyStatus.ACTIVE);
    assertThat(world.gatewayKeys.keySet())
        .isEqualTo(world.planned)
        .hasSameSizeAs(world.records.values());
  }

  @ParameterizedTest
  @ValueSource(strings = {"put 3", "delete"})
  void aCrashWhileDeletingLeavesTheKeyRefusedAndRepairNeverBringsItBack(String step) {
    UUID id = lifecycle.create(PLANNED).record().id();
    world.crashing = step;
    assertThatThrownBy(() -> lifecycle.delete(id)).isInstanceOf(Crash.class);
    assertThat(world.records.values()).noneMatch(record -> record.isAccepted(NOW));
    assertThatThrownBy(() -> lifecycle.enable(id)).isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> lifecycle.disable(id)).isInstanceOf(InvalidRequest.class);

    world.crashing = "";
    KeyLifecycle later = world.lifecycle(NOW.plusSeconds(3600));

    assertThat(later.repair(Duration.ofMinutes(5)))
        .containsExactly(new KeyLifecycle.Repaired(id, null));
    assertThat(world.records).isEmpty();
    assertThat(world.gatewayKeys).isEmpty();
  }

  @Test
  void aFaultWhoseUndoingFailsTooIsUndoneByRepair() {
    world.failing.add("join");
    world.failing.add("delete");
    assertThatThrownBy(() -> lifecycle.create(PLANNED)).isInstanceOf(TransientFault.class);
    assertThat(world.records.values()).noneMatch(record -> record.isAccepted(NOW));

    world.failing.clear();
    world.lifecycle(NOW.plusSeconds(3600)).repair(Duration.ofMinutes(5));

    assertThat(world.records).isEmpty();
    assertThat(world.gatewayKeys).isEmpty();
  }

  @Test
  void repairLeavesAloneWhatIsUnderWay() {
    world.crashing = "create";
    assertThatThrownBy(() -> lifecycle.create(PLANNED)).isInstanceOf(Crash.class);

    assertThat(world.lifecycle(NOW.plusSeconds(60)).repair(Duration.ofMinutes(5))).isEmpty();
    assertThat(world.records).hasSize(1);
  }

  @Test
  void rotationKeepsTheApplicationAndRefusesTheOldKeyAfterTheOverlap() {
    KeyLifecycle.Issued first = lifecycle.create(PLANNED);

    KeyLifecycle.Issued second = lifecycle.rotate(first.record().id(), Duration.ofHours(1));

    assertThat(second.record().application()).isEqualTo(first.record().application());
    assertThat(second.key()).isNotEqualTo(first.key());
    KeyRecord old = world.find(first.record().keyId()).orElseThrow();
    assertThat(old.isAccepted(NOW.plusSeconds(3599))).isTrue();
    assertThat(old.isAccepted(NOW.plusSeconds(3600))).isFalse();
    assertThat(second.record().isAccepted(NOW.plusSeconds(3600))).isTrue();
  }

  @Test
  void aDisabledKeyIsRefusedEvenIfTheGatewayCannotBeReached() {
    KeyLifecycle.Issued issued = lifecycle.create(PLANNED);
    world.failing.add("enable");

    assertThatThrownBy(() -> lifecycle.disable(issued.record().id())).isInstanceOf(Fault.class);

    assertThat(lifecycle.get(issued.record().id()).isAccepted(NOW)).isFalse();
  }

  @Test
  void anEnabledKeyIsAcceptedAgain() {
    UUID id = lifecycle.create(PLANNED).record().id();
    lifecycle.disable(id);
    assertThat(world.enabled).containsEntry(id, false);

    assertThat(lifecycle.enable(id).isAccepted(NOW)).isTrue();
    assertThat(world.enabled).containsEntry(id, true);
  }

  @Test
  void aDeletedKeyIsGoneEverywhere() {
    UUID id = lifecycle.create(PLANNED).record().id();

    lifecycle.delete(id);

    assertThat(world.records).isEmpty();
    assertThat(world.gatewayKeys).isEmpty();
    assertThatThrownBy(() -> lifecycle.get(id))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("There is no key " + id + ".");
  }

  @Test
  void whatIsNotActiveCannotBeRotated() {
    UUID id = lifecycle.create(PLANNED).record().id();
    lifecycle.disable(id);

    assertThatThrownBy(() -> lifecycle.rotate(id, Duration.ZERO))
        .isInstanceOf(InvalidRequest.class);
  }

  /** The process dies: nothing catches this. */
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1;
  }

  /** Stores and gateway in memory, failing or crashing as told. A crash comes after its step. */
  private static final class World implements KeyRegistry, ApplicationStore, GatewayKeys {

    final Map<KeyId, KeyRecord> records = new LinkedHashMap<>();
    final Map<ApplicationId, Application> applications = new HashMap<>();
    final Map<UUID, String> gatewayKeys = new HashMap<>();
    final Map<UUID, Boolean> enabled = new HashMap<>();
    final Set<UUID> planned = new HashSet<>();
    final Set<String> failing = new HashSet<>();
    String crashing = "";
    private int puts;

    KeyLifecycle lifecycle(Instant now) {
      return new KeyLifecycle(
          this, this, this, Clock.fixed(now, ZoneOffset.UTC), new SecureRandom());
    }

    private void step(String name, Runnable work) {
      if (failing.contains(name)) {
        throw new TransientFault(TransientFault.Kind.UNAVAILABLE, name);
      }
      work.run();
      if (crashing.equals(name)) {
        throw new Crash();
      }
    }

    @Override
    public Optional<KeyRecord> find(KeyId id) {
      return Optional.ofNullable(records.get(id));
    }

    @Override
    public void put(KeyRecord record) {
      step("put " + ++puts, () -> records.put(record.keyId(), record));
    }

    @Override
    public List<KeyRecord> list() {
      return new ArrayList<>(records.values());
    }

    @Override
    public void delete(KeyId id) {
      records.remove(id);
    }

    @Override
    public Optional<Application> find(ApplicationId id) {
      return Optional.ofNullable(applications.get(id));
    }

    @Override
    public void put(Application application) {
      applications.put(application.id(), application);
    }

    @Override
    public Optional<Presence> find(UUID record) {
      return Optional.ofNullable(gatewayKeys.get(record))
          .map(_ -> new Presence(planned.contains(record)));
    }

    @Override
    public void create(KeyRecord record, ApiKey key) {
      step("create", () -> gatewayKeys.put(record.id(), key.secret()));
    }

    @Override
    public void join(KeyRecord record) {
      step("join", () -> planned.add(record.id()));
    }

    @Override
    public void enable(UUID record, boolean accept) {
      step("enable", () -> enabled.put(record, accept));
    }

    @Override
    public void delete(UUID record) {
      step(
          "delete",
          () -> {
            gatewayKeys.remove(record);
            planned.remove(record);
          });
    }
  }
}
