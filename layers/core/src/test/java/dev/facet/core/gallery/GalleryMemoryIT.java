package dev.facet.core.gallery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.fakes.ForwardingGalleryStore;
import dev.facet.core.fakes.InMemoryGalleryStore;
import dev.facet.core.fakes.SettableClock;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.subjects.SubjectId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A gallery that grows until it fills its share of a process's off-heap memory. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class GalleryMemoryIT {

  private static final int OFF_HEAP_MEGABYTES = 96;

  @Test
  void a_full_memory_refuses_growth_and_serves_everything_else() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:MaxDirectMemorySize=" + OFF_HEAP_MEGABYTES + "m",
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                Filling.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("refused after", "refused a cache", "served");
  }

  /** The process that is filled. */
  static final class Filling {

    private final SettableClock clock = new SettableClock();
    private final InMemoryGalleryStore store = new InMemoryGalleryStore(clock);
    private final GalleryId id =
        GalleryId.ofImages(new ApplicationId(UUID.randomUUID()), "fake-512");
    private final Galleries galleries = galleries();

    /** Every gallery has the content of one. */
    private Galleries galleries() {
      GalleryStore same =
          new ForwardingGalleryStore(store) {
            @Override
            public GalleryHead head(GalleryId gallery, Instant deadline) {
              return super.head(id, deadline);
            }

            @Override
            public LogPage log(GalleryId gallery, long from, Instant deadline) {
              return super.log(id, from, deadline);
            }

            @Override
            public LogPage history(GalleryId gallery, long from, Instant deadline) {
              return super.history(id, from, deadline);
            }
          };
      GalleryLimits limits = GalleryLimits.within(Long.MAX_VALUE, (long) OFF_HEAP_MEGABYTES << 20);
      return new Galleries(same, limits, clock, new SecureRandom());
    }

    public static void main(String[] arguments) {
      new Filling().run();
    }

    private void run() {
      int enrolled = 0;
      try {
        while (true) {
          commit("person-" + enrolled, "1", null);
          enrolled++;
        }
      } catch (InternalFault full) {
        check(full.kind() == InternalFault.Kind.NO_MEMORY, full.reason());
        System.out.println("refused after " + enrolled);
      }
      check(store.head(id, deadline()).count() == enrolled, "an answer was wrong");
      // replaced rows are garbage until the index is compacted, again and again
      for (int i = 0; i < 2 * enrolled; i++) {
        String name = "person-" + i % enrolled;
        Subject before = store.subject(id, new SubjectId(name), deadline()).orElseThrow();
        commit(name, "2", before);
        check(current(galleries, id).count() == enrolled, "a template is missing");
      }
      for (int i = 0; i < 4; i++) {
        GalleryId other = GalleryId.ofImages(new ApplicationId(UUID.randomUUID()), "fake-512");
        check(current(galleries, other).count() == enrolled, "a template is missing");
      }
      // caches of their own have budgets of their own, which exceed the memory of the process
      List<Galleries> caches = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        try {
          caches.add(galleries());
          check(current(caches.getLast(), id).count() == enrolled, "a template is missing");
        } catch (InternalFault full) {
          check(full.kind() == InternalFault.Kind.NO_MEMORY, full.reason());
          System.out.println("refused a cache");
        }
      }
      check(current(galleries, id).count() == enrolled, "a template is missing");
      caches.clear();
      Template probe = FakeFaces.template("person-7", "2");
      check(current(galleries, id).search(probe, 0.99, 2).size() == 1, "a person is missing");
      System.out.println("served");
    }

    private GalleryView current(Galleries cache, GalleryId which) {
      return cache.open(which).current(deadline());
    }

    private static void check(boolean condition, String otherwise) {
      if (!condition) {
        throw new AssertionError(otherwise);
      }
    }

    private void commit(String name, String shot, @Nullable Subject before) {
      Subject after =
          new Subject(
              new SubjectId(name),
              List.of(FakeFaces.template(name, shot)),
              "fake-512",
              null,
              null,
              null,
              null,
              Instant.EPOCH,
              Instant.EPOCH);
      Operation operation =
          new Operation(new OperationId(UUID.randomUUID().toString()), "digest", "{}", deadline());
      Write write = new Write(operation, List.of(new Write.Store(after, before)), List.of());
      var _ = galleries.open(id).commit(view -> write, deadline());
    }

    private Instant deadline() {
      return clock.instant().plusSeconds(60);
    }
  }
}
