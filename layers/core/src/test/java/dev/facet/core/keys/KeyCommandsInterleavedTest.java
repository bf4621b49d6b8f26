package dev.facet.core.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.fakes.InMemoryApplications;
import dev.facet.core.fakes.InMemoryKeys;
import dev.facet.core.fakes.InMemoryPlans;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.Fault;
import dev.facet.core.keys.KeyAdministration.Order;
import dev.facet.core.plans.NewPlan;
import dev.facet.core.plans.PlanRecord;
import dev.facet.core.plans.PlanRegistry;
import dev.facet.core.plans.RecordedPlans;
import dev.facet.core.plans.UsagePlan;
import dev.facet.core.plans.UsagePlans;
import dev.facet.core.revision.Revisioned;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Two commands on the same key at the same time, in every order of their calls to the stores and
 * the gateway. A command that is refused must have changed nothing; the end must be that of some
 * order of the others.
 */
class KeyCommandsInterleavedTest {

  private static final Instant NOW = Instant.parse("2026-05-05T10:00:00Z");
  private static final String PLAN = "plan";

  /** The commands; each acts on the world's first key. */
  enum Command {
    CREATE {
      @Override
      void on(World world) {
        world.administration.create(new Order(null, null, PLAN, null));
      }
    },
    CREATE_FOR_NODE {
      @Override
      void on(World world) {
        world.administration.create(new Order(null, NewKey.NODE, PLAN, null));
      }
    },
    ROTATE {
      @Override
      void on(World world) {
        world.keys.rotate(world.first, Duration.ofDays(30));
      }
    },
    DISABLE {
      @Override
      void on(World world) {
        world.keys.disable(world.first);
      }
    },
    ENABLE {
      @Override
      void on(World world) {
        world.keys.enable(world.first);
      }
    },
    DELETE {
      @Override
      void on(World world) {
        world.keys.delete(world.first);
      }
    },
    REPAIR {
      @Override
      void on(World world) {
        world.keys.repair(Duration.ofMinutes(5));
      }
    },
    DELETE_PLAN {
      @Override
      void on(World world) {
        world.administration.deletePlan(PLAN);
      }
    };

    abstract void on(World world);
  }

  /** The states of the first key before the commands. */
  enum Beginning {
    ACTIVE,
    DISABLED,
    /** Its creation crashed before the gateway had it. */
    PENDING,
    /** Its creation crashed when the gateway had it. */
    PENDING_AT_GATEWAY,
    DELETING,
    NONE
  }

  @Property(tries = 4000)
  void the_end_is_that_of_some_order(
      @ForAll Beginning beginning,
      @ForAll Command first,
      @ForAll Command second,
      @ForAll @Size(30) List<Boolean> schedule) {
    check(beginning, first, second, schedule);
  }

  @Example
  void a_rotation_does_not_undo_a_disabling() {
    everySwitch(Beginning.ACTIVE, Command.ROTATE, Command.DISABLE);
  }

  @Example
  void a_rotation_does_not_undo_a_deletion() {
    everySwitch(Beginning.ACTIVE, Command.ROTATE, Command.DELETE);
  }

  @Example
  void an_enabling_does_not_undo_a_deletion() {
    everySwitch(Beginning.DISABLED, Command.ENABLE, Command.DELETE);
  }

  @Example
  void no_key_joins_a_plan_that_is_being_deleted() {
    everySwitch(Beginning.NONE, Command.CREATE_FOR_NODE, Command.DELETE_PLAN);
  }

  /** Lets the second command run as a whole between any two steps of the first. */
  private static void everySwitch(Beginning beginning, Command first, Command second) {
    for (int steps = 0; steps < 16; steps++) {
      List<Boolean> schedule = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        schedule.add(i >= steps);
      }
      check(beginning, first, second, schedule);
    }
  }

  private static void check(
      Beginning beginning, Command first, Command second, List<Boolean> schedule) {
    World together = new World(beginning, schedule);
    List<Command> done = together.interleaved(first, second);

    assertThat(together.end())
        .as("%s: %s and %s; done: %s; %s", beginning, first, second, done, together.steps)
        .isIn(ends(beginning, done));
  }

  /** Returns the ends of all orders of commands that none of them refuses. */
  private static Set<String> ends(Beginning beginning, List<Command> commands) {
    Set<String> ends = new HashSet<>();
    for (List<Command> order : List.of(commands, commands.reversed())) {
      World world = new World(beginning, List.of());
      if (order.stream().allMatch(world::isDone)) {
        ends.add(world.end());
      }
    }
    return ends;
  }

  /** Stores and a gateway in memory, whose every call is a step. */
  private static final class World implements KeyRegistry, GatewayKeys {

    final KeyLifecycle keys =
        new KeyLifecycle(
            this,
            new InMemoryApplications(),
            this,
            Clock.fixed(NOW, ZoneOffset.UTC),
            new SecureRandom());
    final KeyAdministration administration =
        new KeyAdministration(
            keys,
            new RecordedPlans(new PlansAtGateway(), new Copies()),
            name -> name,
            new KeyAdministration.Defaults("api", "standard"));
    final List<String> steps = new ArrayList<>();
    final UUID first;
    private final InMemoryKeys records = new InMemoryKeys();
    private final Map<UUID, Boolean> enabled = new HashMap<>();
    private final Set<UUID> planned = new HashSet<>();
    private final Set<String> plans = new HashSet<>(Set.of(PLAN, "standard"));
    private final InMemoryPlans copies = new InMemoryPlans();
    private final Interleaving interleaving;

    World(Beginning beginning, List<Boolean> schedule) {
      interleaving = new Interleaving(step -> step < schedule.size() && schedule.get(step));
      KeyRecord record =
          KeyRecord.of(
              new UUID(1, 1),
              new ApiKey("firstfirstfirstfirst"),
              new ApplicationId(new UUID(1, 2)),
              new NewKey(null, "api", PLAN, null, null),
              status(beginning),
              NOW.minusSeconds(3600));
      first = record.id();
      if (beginning != Beginning.NONE) {
        records.put(record);
      }
      if (beginning == Beginning.ACTIVE
          || beginning == Beginning.DISABLED
          || beginning == Beginning.PENDING_AT_GATEWAY) {
        enabled.put(first, beginning != Beginning.DISABLED);
      }
      if (beginning == Beginning.ACTIVE || beginning == Beginning.DISABLED) {
        planned.add(first);
      }
    }

    private static KeyStatus status(Beginning beginning) {
      return switch (beginning) {
        case ACTIVE, NONE -> KeyStatus.ACTIVE;
        case DISABLED -> KeyStatus.DISABLED;
        case PENDING, PENDING_AT_GATEWAY -> KeyStatus.PENDING;
        case DELETING -> KeyStatus.DELETING;
      };
    }

    /** Runs both commands in turns, and returns those that were not refused. */
    List<Command> interleaved(Command one, Command other) {
      boolean[] done = new boolean[2];
      interleaving.run(() -> done[0] = isDone(one), () -> done[1] = isDone(other));
      List<Command> commands = new ArrayList<>();
      if (done[0]) {
        commands.add(one);
      }
      if (done[1]) {
        commands.add(other);
      }
      return commands;
    }

    /** Returns whether a command was done; a deletion of what is gone counts as done. */
    boolean isDone(Command command) {
      try {
        command.on(this);
        return true;
      } catch (Fault refused) {
        return command == Command.DELETE && noRecord()
            || command == Command.DELETE_PLAN && !plans.contains(PLAN);
      }
    }

    private boolean noRecord() {
      return records.list().stream().noneMatch(record -> record.value().id().equals(first));
    }

    /** Describes all that decides on access; keys other than the first have no identity. */
    String end() {
      List<String> keys = new ArrayList<>();
      Set<UUID> known = new HashSet<>();
      for (Revisioned<KeyRecord> stored : records.list()) {
        KeyRecord record = stored.value();
        known.add(record.id());
        keys.add(
            "%s %s %s expires=%s gateway=%s planned=%s"
                .formatted(
                    record.id().equals(first) ? "first" : "other",
                    record.apiId(),
                    record.status(),
                    record.expiresAt(),
                    enabled.get(record.id()),
                    planned.contains(record.id())));
      }
      Set<UUID> orphans = new HashSet<>(enabled.keySet());
      orphans.removeAll(known);
      keys.sort(null);
      Set<String> closed = new TreeSet<>();
      for (String id : List.of(PLAN, "standard")) {
        copies
            .read(id)
            .filter(copy -> !plans.contains(id) || copy.value().state() != PlanRecord.State.OPEN)
            .ifPresent(copy -> closed.add(id));
      }
      return "%s orphans=%d plans=%s closed=%s"
          .formatted(keys, orphans.size(), new TreeSet<>(plans), closed);
    }

    private void step(String name) {
      interleaving.step();
      steps.add(Thread.currentThread().threadId() + " " + name);
    }

    @Override
    public Optional<Revisioned<KeyRecord>> read(KeyId id) {
      step("read");
      return records.read(id);
    }

    @Override
    public Revisioned<KeyRecord> put(@Nullable Revisioned<KeyRecord> expected, KeyRecord next) {
      step("put " + next.status());
      return records.put(expected, next);
    }

    @Override
    public List<Revisioned<KeyRecord>> list() {
      step("list keys");
      return records.list();
    }

    @Override
    public void delete(Revisioned<KeyRecord> expected) {
      step("delete");
      records.delete(expected);
    }

    @Override
    public Optional<Presence> find(UUID record) {
      step("find at gateway");
      return enabled.containsKey(record)
          ? Optional.of(new Presence(planned.contains(record)))
          : Optional.empty();
    }

    @Override
    public void create(KeyRecord record, ApiKey key) {
      step("create at gateway");
      enabled.put(record.id(), true);
    }

    @Override
    public void join(KeyRecord record) {
      step("join");
      if (!plans.contains(record.usagePlanId())) {
        throw new InvalidRequest("no plan");
      }
      planned.add(record.id());
    }

    @Override
    public void enable(UUID record, boolean accept) {
      step("enable " + accept);
      enabled.computeIfPresent(record, (id, before) -> accept);
    }

    @Override
    public void delete(UUID record) {
      step("delete at gateway");
      enabled.remove(record);
      planned.remove(record);
    }

    private final class PlansAtGateway implements UsagePlans {

      @Override
      public List<UsagePlan> list() {
        step("list plans");
        return plans.stream().map(id -> new UsagePlan(id, 1, 1, null)).toList();
      }

      @Override
      public Optional<UsagePlan> find(String id) {
        return list().stream().filter(plan -> plan.id().equals(id)).findFirst();
      }

      @Override
      public Optional<UsagePlan> findOpen(String id) {
        return find(id);
      }

      @Override
      public UsagePlan create(NewPlan wanted) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void delete(String id, Runnable check) {
        check.run();
        step("delete plan");
        if (!plans.remove(id)) {
          throw new InvalidRequest("no plan");
        }
      }
    }

    private final class Copies implements PlanRegistry {

      @Override
      public Optional<Revisioned<PlanRecord>> read(String id) {
        step("read plan");
        return copies.read(id);
      }

      @Override
      public Revisioned<PlanRecord> put(
          @Nullable Revisioned<PlanRecord> expected, PlanRecord next) {
        step("put plan " + next.state());
        return copies.put(expected, next);
      }

      @Override
      public void delete(Revisioned<PlanRecord> expected) {
        step("delete copy");
        copies.delete(expected);
      }
    }
  }
}
