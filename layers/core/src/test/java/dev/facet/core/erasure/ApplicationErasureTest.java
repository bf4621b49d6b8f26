package dev.facet.core.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.applications.ApplicationRegistry;
import dev.facet.core.applications.ApplicationSettings;
import dev.facet.core.erasure.ApplicationContents.Content;
import dev.facet.core.erasure.ApplicationContents.Kind;
import dev.facet.core.erasure.ApplicationErasure.Erased;
import dev.facet.core.fakes.InMemoryApplications;
import dev.facet.core.fakes.InMemoryContents;
import dev.facet.core.fakes.InMemoryGalleryStore;
import dev.facet.core.fakes.InMemoryImageStore;
import dev.facet.core.fakes.InMemoryJobs;
import dev.facet.core.fakes.InMemoryKeys;
import dev.facet.core.fakes.InMemoryLedger;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.GatewayKeys;
import dev.facet.core.keys.KeyLifecycle;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.keys.KeyRegistry;
import dev.facet.core.keys.NewKey;
import dev.facet.core.revision.Revisioned;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
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
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The erasure of an application beside another one, crashes at every step included. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ApplicationErasureTest {

  private static final Instant NOW = Instant.parse("2026-05-05T10:00:00Z");

  private final World world = new World();

  @Test
  void all_of_an_application_is_erased_and_nothing_of_another() {
    Set<Object> kept = world.stored(world.other);

    Erased erased = world.erasure().erase(world.doomed);

    assertThat(world.stored(world.doomed)).isEmpty();
    assertThat(world.stored(world.other)).isEqualTo(kept);
    assertThat(erased.contents()).containsOnlyKeys(Kind.values()).containsEntry(Kind.USAGE, 2);
    assertThat(erased.keys()).isEqualTo(2);
    assertThat(erased.recoveryDays()).isEqualTo(OptionalInt.of(7));
  }

  @Test
  void an_unknown_application_is_refused() {
    assertThatThrownBy(() -> world.erasure().erase(new ApplicationId(new UUID(0, 1))))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("There is no application");
  }

  @Test
  void an_erasure_that_crashes_at_any_step_is_completed_by_the_next() {
    int crashes = 0;
    for (int step = 1; ; step++) {
      boolean crashed = false;
      for (boolean before : new boolean[] {true, false}) {
        World crashing = new World();
        Set<Object> kept = crashing.stored(crashing.other);
        long contents = crashing.contents(crashing.doomed);
        crashing.crashAt(step, before);
        try {
          crashing.erasure().erase(crashing.doomed);
        } catch (Crash expected) {
          crashed = true;
          crashes++;
        }
        crashing.crashAt(0, before);
        if (crashing.contents(crashing.doomed) < contents) {
          assertThat(crashing.ledger.erasedApplications())
              .as("after step %d", step)
              .containsExactly(crashing.doomed);
        }
        if (crashing.applications.find(crashing.doomed).isEmpty()) {
          assertThat(crashing.stored(crashing.doomed)).as("after step %d", step).isEmpty();
        } else {
          crashing.erasure().erase(crashing.doomed);
        }
        assertThat(crashing.stored(crashing.doomed)).as("after step %d", step).isEmpty();
        assertThat(crashing.stored(crashing.other)).as("after step %d", step).isEqualTo(kept);
      }
      if (!crashed) {
        break;
      }
    }
    assertThat(crashes).isGreaterThan(30);
  }

  @Test
  void it_waits_until_caches_have_expired_since_the_marking() {
    world.erasure().erase(world.doomed);
    assertThat(world.pauses).containsExactly(ApplicationErasure.CACHES_EXPIRE);
    assertThat(world.pausedAt.getFirst()).isEqualTo(NOW);

    World interrupted = new World();
    interrupted.lifecycle().applications().beginErasure(interrupted.doomed, NOW);
    interrupted.now = NOW.plusSeconds(45);
    interrupted.erasure().erase(interrupted.doomed);
    assertThat(interrupted.pauses).containsExactly(Duration.ofSeconds(15));

    World later = new World();
    later.lifecycle().applications().beginErasure(later.doomed, NOW);
    later.now = NOW.plusSeconds(3600);
    later.erasure().erase(later.doomed);
    assertThat(later.pauses).isEmpty();
  }

  @Test
  void nothing_is_erased_before_the_wait_is_over() {
    Set<Object> stored = world.stored(world.doomed);
    world.meanwhile =
        () -> {
          assertThat(world.stored(world.doomed)).hasSameSizeAs(stored);
          assertThat(world.applications.find(world.doomed).orElseThrow().hasErasureBegun())
              .isTrue();
        };

    world.erasure().erase(world.doomed);

    assertThat(world.pauses).hasSize(1);
  }

  @Test
  void what_is_written_during_the_wait_and_after_is_erased() {
    world.meanwhile = () -> world.fill(world.doomed);
    world.whileKeysAreDeleted = () -> world.fill(world.doomed);

    world.erasure().erase(world.doomed);

    assertThat(world.stored(world.doomed)).isEmpty();
  }

  @Test
  void an_application_that_is_still_written_stays_marked() {
    world.whileContentsAreErased = () -> world.jobs(world.doomed);

    assertThatThrownBy(() -> world.erasure().erase(world.doomed))
        .isInstanceOf(TransientFault.class)
        .hasMessageContaining("run the command again");
    assertThat(world.applications.find(world.doomed).orElseThrow().hasErasureBegun()).isTrue();

    world.whileContentsAreErased = () -> {};
    world.erasure().erase(world.doomed);
    assertThat(world.stored(world.doomed)).isEmpty();
  }

  @Test
  void a_marked_application_gets_no_settings_and_no_keys() {
    KeyLifecycle lifecycle = world.lifecycle();
    UUID key =
        lifecycle.list().stream()
            .filter(record -> record.application().equals(world.doomed))
            .findFirst()
            .orElseThrow()
            .id();
    lifecycle.applications().beginErasure(world.doomed, NOW);

    String message = "Application %s is being erased.".formatted(world.doomed);
    assertThatThrownBy(() -> lifecycle.create(NewKey.PLAIN, world.doomed, () -> {}))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage(message);
    assertThatThrownBy(() -> lifecycle.rotate(key, Duration.ZERO)).hasMessage(message);
    assertThatThrownBy(
            () ->
                lifecycle
                    .applications()
                    .set(world.doomed, new ApplicationSettings(0.5, null, null, null)))
        .hasMessage(message);
  }

  @Test
  void only_a_marked_application_can_be_deleted() {
    assertThatThrownBy(() -> world.lifecycle().applications().endErasure(world.doomed))
        .isInstanceOf(IllegalStateException.class);
    assertThat(world.applications.find(world.doomed)).isPresent();
  }

  /** Two applications with two keys each, in stores that crash at a step. */
  private static final class World implements GatewayKeys {

    final InMemoryApplications applications = new InMemoryApplications();
    final InMemoryKeys keys = new InMemoryKeys();
    final Set<UUID> gatewayKeys = new HashSet<>();
    final InMemoryLedger ledger = new InMemoryLedger();
    private final Map<UUID, ApplicationId> created = new HashMap<>();
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final InMemoryGalleryStore galleries = new InMemoryGalleryStore(clock);
    private final InMemoryImageStore images = new InMemoryImageStore();
    private final InMemoryJobs jobs = new InMemoryJobs();
    private final InMemoryContents contents = new InMemoryContents(galleries, images, jobs);
    final ApplicationId doomed = new ApplicationId(new UUID(1, 2));
    final ApplicationId other = new ApplicationId(new UUID(1, 3));
    final List<Duration> pauses = new ArrayList<>();
    final List<Instant> pausedAt = new ArrayList<>();
    Instant now = NOW;
    Runnable meanwhile = () -> {};
    Runnable whileKeysAreDeleted = () -> {};
    Runnable whileContentsAreErased = () -> {};
    private int step;
    private int crashStep;
    private boolean crashBefore;

    World() {
      for (ApplicationId id : List.of(doomed, other)) {
        applications.put(Application.withDefaults(id).keepingImages(true));
        for (int i = 0; i < 2; i++) {
          UUID key =
              lifecycle()
                  .create(new NewKey(null, "api", "plan", null, null), id, () -> {})
                  .record()
                  .id();
          contents.use(key);
          created.put(key, id);
        }
        fill(id);
      }
    }

    void fill(ApplicationId id) {
      new FilledStores(galleries, galleries, images, jobs, clock)
          .fill(Application.withDefaults(id).keepingImages(true));
    }

    void jobs(ApplicationId id) {
      new FilledStores(galleries, galleries, images, jobs, clock)
          .settleJob(Application.withDefaults(id));
    }

    /** Crashes before or after the call of this number to any store; 0 for none. */
    void crashAt(int number, boolean before) {
      step = 0;
      crashStep = number;
      crashBefore = before;
    }

    KeyLifecycle lifecycle() {
      return new KeyLifecycle(
          crashing(KeyRegistry.class, keys),
          crashing(ApplicationRegistry.class, applications),
          crashing(GatewayKeys.class, this),
          clock,
          new SecureRandom());
    }

    ApplicationErasure erasure() {
      ApplicationContents watched =
          new ApplicationContents() {
            @Override
            public Stream<Content> list(ApplicationId application, Set<UUID> keyRecords) {
              return contents.list(application, keyRecords);
            }

            @Override
            public void erase(List<Content> erased) {
              contents.erase(erased);
              whileContentsAreErased.run();
            }

            @Override
            public OptionalInt recoveryDays() {
              return contents.recoveryDays();
            }
          };
      return new ApplicationErasure(
          lifecycle(),
          crashing(ApplicationContents.class, watched),
          crashing(DeletionLedger.class, ledger),
          ApplicationErasure.CACHES_EXPIRE,
          () -> now,
          time -> {
            pauses.add(time);
            pausedAt.add(now);
            meanwhile.run();
            now = now.plus(time);
          });
    }

    /** Returns the number of contents of an application. */
    long contents(ApplicationId id) {
      return contents.list(id, Set.of()).count();
    }

    /** Returns all that is stored of an application. */
    Set<Object> stored(ApplicationId id) {
      Set<Object> stored = new HashSet<>();
      applications.find(id).ifPresent(stored::add);
      List<KeyRecord> records =
          keys.list().stream()
              .map(Revisioned::value)
              .filter(record -> record.application().equals(id))
              .toList();
      stored.addAll(records);
      Set<UUID> ever =
          created.entrySet().stream()
              .filter(key -> key.getValue().equals(id))
              .map(Map.Entry::getKey)
              .collect(Collectors.toSet());
      ever.stream().filter(gatewayKeys::contains).forEach(stored::add);
      contents.list(id, ever).forEach(stored::add);
      return stored;
    }

    private <T> T crashing(Class<T> type, T store) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                step++;
                if (step == crashStep && crashBefore) {
                  throw new Crash();
                }
                try {
                  Object result = method.invoke(store, arguments);
                  if (step == crashStep) {
                    throw new Crash();
                  }
                  return result;
                } catch (InvocationTargetException thrown) {
                  throw Objects.requireNonNull(thrown.getCause());
                }
              }));
    }

    @Override
    public Optional<Presence> find(UUID record) {
      return gatewayKeys.contains(record) ? Optional.of(new Presence(true)) : Optional.empty();
    }

    @Override
    public void create(KeyRecord record, ApiKey key) {
      gatewayKeys.add(record.id());
    }

    @Override
    public void join(KeyRecord record) {}

    @Override
    public void enable(UUID record, boolean enabled) {}

    @Override
    public void delete(UUID record) {
      gatewayKeys.remove(record);
      whileKeysAreDeleted.run();
    }
  }

  /** The end of a process; no fault, so nothing handles it. */
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1;
  }
}
