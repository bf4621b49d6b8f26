package dev.facet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.facet.api.tasks.SweepImagesHandler;
import dev.facet.aws.telemetry.Telemetry;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.fakes.InMemoryGalleryStore;
import dev.facet.core.fakes.InMemoryImageStore;
import dev.facet.core.fakes.SettableClock;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.LogErasure;
import dev.facet.core.gallery.LogSweeper;
import dev.facet.core.images.Erasure;
import dev.facet.core.images.ImageKeeper;
import dev.facet.core.images.ImageKey;
import dev.facet.core.images.ImageStore;
import dev.facet.core.subjects.SubjectId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Photos that a crash left behind. */
class SweepImagesTest {

  private final SettableClock clock = new SettableClock();
  private final InMemoryImageStore images = new InMemoryImageStore();
  private final InMemoryGalleryStore store = new InMemoryGalleryStore(clock);
  private final ImageKeeper keeper = new ImageKeeper(images, store, clock, new SecureRandom());
  private final List<String> metrics = new ArrayList<>();
  private final List<String> log = new ArrayList<>();

  @Test
  void an_unreferenced_photo_is_erased_after_the_commit_timeout() {
    keeper.upload(
        new ApplicationId(UUID.randomUUID()),
        new SubjectId("necidguid-1"),
        new byte[] {1},
        clock.instant().plusSeconds(20));

    assertThat(sweep()).isZero();
    clock.advance(ImageKeeper.COMMIT_TIMEOUT);
    assertThat(sweep()).isOne();
    assertThat(images.keys()).isEmpty();
    assertThat(metrics).anyMatch(line -> line.contains("\"ImagesSwept\":1"));
    assertThat(log).anyMatch(line -> line.contains("\"erased\":1"));
  }

  @Test
  void templates_are_erased_although_a_photo_cannot_be() {
    GalleryId gallery = GalleryId.ofEmbeddings(new ApplicationId(UUID.randomUUID()), "FACE3_1");
    store.add(new LogErasure(gallery, 0, List.of(), true, clock.instant()));
    ImageStore broken =
        new ImageStore() {
          @Override
          public void put(ImageKey key, byte[] image, Instant deadline) {
            throw new InternalFault("broken on purpose");
          }

          @Override
          public void delete(ImageKey key, Instant deadline) {
            throw new InternalFault("broken on purpose");
          }
        };
    store.add(
        new Erasure(
            new ImageKey(gallery.application(), new SubjectId("id"), "0123456789abcdef"),
            clock.instant()),
        clock.instant().plusSeconds(1));
    ImageKeeper failing = new ImageKeeper(broken, store, clock, new SecureRandom());

    assertThatThrownBy(() -> sweep(failing)).isInstanceOf(InternalFault.class);
    assertThat(store.pending(clock.instant(), 10)).isEmpty();
    assertThat(metrics.getLast()).contains("\"TemplatesErased\":0");
  }

  private int sweep() {
    return sweep(keeper);
  }

  private int sweep(ImageKeeper images) {
    LogSweeper logs = new LogSweeper(store, store, clock);
    return new SweepImagesHandler(images, logs, new Telemetry("Facet", clock, metrics::add))
        .handleRequest(new ScheduledEvent(), new TestContext(28_000, log::add));
  }
}
