package dev.facet.core.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.fakes.InMemoryApplications;
import dev.facet.core.fakes.InMemoryKeys;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.Fault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.revision.Revisioned;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
  void a_new_key_is_active_here_and_on_its_plan_at_the_gateway() {
    KeyLifecycle.Issued issued = lifecycle.create(PLANNED);

    assertThat(issued.key().isWellFormed()).isTrue();
    assertThat(world.find(KeyId.of(issued.key()))).contains(issued.record());
    assertThat(issued.record().isAccepted(NOW)).isTrue();
    assertThat(world.gatewayKeys).containsEntry(issued.record().id(), issued.key().secret());
    assertThat(world.planned).containsExactly(issued.record().id());
    assertThat(world.applications.find(issued.record().application())).isPresent();
  }

  @Test
  void the_gateway_does_not_learn_of_a_key_for_node_only() {
    KeyLifecycle.Issued issued = lifecycle.create(NODE_ONLY);

    assertThat(issued.record().status()).isEqualTo(KeyStatus.ACTIVE);
    assertThat(world.gatewayKeys).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "join"})
  void a_fault_on_the_way_leaves_nothing(String step) {
    world.failing.add(step);

    assertThatThrownBy(() -> lifecycle.create(PLANNED)).isInstanceOf(TransientFault.class);

    assertThat(world.records()).isEmpty();
    assertThat(world.gatewayKeys).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"put 1", "create", "join"})
  void a_crash_at_any_step_refuses_the_key_until_it_is_repaired(String step) {
    world.crashing = step;
    assertThatThrownBy(() -> lifecycle.create(PLANNED)).isInstanceOf(Crash.class);
    assertThat(world.records()).noneMatch(record -> record.isAccepted(NOW));

    world.crashing = "";
    KeyLifecycle later = world.lifecycle(NOW.plusSeconds(3600));
    later.repair(Duration.ofMinutes(5));

    assertThat(world.records()).allMatch(record -> record.status() == KeyStatus.ACTIVE);
    assertThat(world.gatewayKeys.keySet()).isEqualTo(world.planned).hasSameSizeAs(world.records());
  }

  @ParameterizedTest
  @ValueSource(strings = {"put 3", "delete"})
  void a_crash_while_deleting_refuses_the_key_for_ever(String step) {
    UUID id = lifecycle.create(PLANNED).record().id();
    world.crashing = step;
    assertThatThrownBy(() -> lifecycle.delete(id)).isInstanceOf(Crash.class);
    assertThat(world.records()).noneMatch(record -> record.isAccepted(NOW));
    assertThatThrownBy(() -> lifecycle.enable(id)).isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> lifecycle.disable(id)).isInstanceOf(InvalidRequest.class);

    world.crashing = "";
    KeyLifecycle later = world.lifecycle(NOW.plusSeconds(3600));

    assertThat(later.repair(Duration.ofMinutes(5)))
        .containsExactly(new KeyLifecycle.Repaired(id, null));
    assertThat(world.records()).isEmpty();
    assertThat(world.gatewayKeys).isEmpty();
  }

  @Test
  void a_fault_whose_undoing_fails_too_is_undone_by_repair() {
    world.failing.add("join");
    world.failing.add("delete");
    assertThatThrownBy(() -> lifecycle.create(PLANNED)).isInstanceOf(TransientFault.class);
    assertThat(world.records()).noneMatch(record -> record.isAccepted(NOW));

    world.failing.clear();
    world.lifecycle(NOW.plusSeconds(3600)).repair(Duration.ofMinutes(5));

    assertThat(world.records()).isEmpty();
    assertThat(world.gatewayKeys).isEmpty();
  }

  @Test
  void repair_leaves_alone_what_is_under_way() {
    world.crashing = "create";
    assertThatThrownBy(() -> lifecycle.create(PLANNED)).isInstanceOf(Crash.class);

    assertThat(world.lifecycle(NOW.plusSeconds(60)).repair(Duration.ofMinutes(5))).isEmpty();
    assertThat(world.records()).hasSize(1);
  }

  @Test
  void rotation_refuses_the_old_key_after_the_overlap() {
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
  void a_disabled_key_is_refused_even_if_the_gateway_cannot_be_reached() {
    KeyLifecycle.Issued issued = lifecycle.create(PLANNED);
    world.failing.add("enable");

    assertThatThrownBy(() -> lifecycle.disable(issued.record().id())).isInstanceOf(Fault.class);

    assertThat(lifecycle.get(issued.record().id()).isAccepted(NOW)).isFalse();
  }

  @Test
  void an_enabled_key_is_accepted_again() {
    UUID id = lifecycle.create(PLANNED).record().id();
    lifecycle.disable(id);
    assertThat(world.enabled).containsEntry(id, false);

    assertThat(lifecycle.enable(id).isAccepted(NOW)).isTrue();
    assertThat(world.enabled).containsEntry(id, true);
  }

  @Test
  void a_deleted_key_is_gone_everywhere() {
    UUID id = lifecycle.create(PLANNED).record().id();

    lifecycle.delete(id);

    assertThat(world.records()).isEmpty();
    assertThat(world.gatewayKeys).isEmpty();
    assertThatThrownBy(() -> lifecycle.get(id))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("There is no key " + id + ".");
  }

  @Test
  void what_is_not_active_cannot_be_rotated() {
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
  private static final class World implements KeyRegistry, GatewayKeys {

    private final InMemoryKeys keys = new InMemoryKeys();
    final InMemoryApplications applications = new InMemoryApplications();
    final Map<UUID, String> gatewayKeys = new HashMap<>();
    final Map<UUID, Boolean> enabled = new HashMap<>();
    final Set<UUID> planned = new HashSet<>();
    final Set<String> failing = new HashSet<>();
    String crashing = "";
    private int puts;

    KeyLifecycle lifecycle(Instant now) {
      return new KeyLifecycle(
          this, applications, this, Clock.fixed(now, ZoneOffset.UTC), new SecureRandom());
    }

    List<KeyRecord> records() {
      return keys.list().stream().map(Revisioned::value).toList();
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
    public Optional<Revisioned<KeyRecord>> read(KeyId id) {
      return keys.read(id);
    }

    @Override
    public Revisioned<KeyRecord> put(@Nullable Revisioned<KeyRecord> expected, KeyRecord next) {
      step("put " + ++puts, () -> keys.put(expected, next));
      return keys.read(next.keyId()).orElseThrow();
    }

    @Override
    public List<Revisioned<KeyRecord>> list() {
      return keys.list();
    }

    @Override
    public void delete(Revisioned<KeyRecord> expected) {
      keys.delete(expected);
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
