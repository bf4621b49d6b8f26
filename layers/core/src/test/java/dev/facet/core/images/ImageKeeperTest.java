package dev.facet.core.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.fakes.InMemoryGalleryStore;
import dev.facet.core.fakes.InMemoryImageStore;
import dev.facet.core.fakes.SettableClock;
import dev.facet.core.faults.Fault;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.subjects.SubjectId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ImageKeeperTest {

  private final SettableClock clock = new SettableClock();
  private final ApplicationId application = new ApplicationId(UUID.randomUUID());
  private final InMemoryGalleryStore notes = new InMemoryGalleryStore(clock);
  private final FaultyImages images = new FaultyImages();
  private final ImageKeeper keeper = new ImageKeeper(images, notes, clock, new SecureRandom());

  /** Images in memory, some of which can't be erased, and calls of which the next fail. */
  private final class FaultyImages implements ImageStore {
    final InMemoryImageStore kept = new InMemoryImageStore();
    final Set<ImageKey> stuck = new HashSet<>();
    final Deque<Supplier<Fault>> faults = new ArrayDeque<>();
    int calls;

    @Override
    public void put(ImageKey key, byte[] image, Instant deadline) {
      fail();
      kept.put(key, image, deadline);
    }

    @Override
    public void delete(ImageKey key, Instant deadline) {
      fail();
      if (stuck.contains(key)) {
        throw new InternalFault("stuck on purpose");
      }
      kept.delete(key, deadline);
    }

    private void fail() {
      calls++;
      Supplier<Fault> fault = faults.poll();
      if (fault != null) {
        throw fault.get();
      }
    }
  }

  private static TransientFault unavailable() {
    return new TransientFault(TransientFault.Kind.UNAVAILABLE, "unavailable on purpose");
  }

  @Test
  void an_image_that_cannot_be_erased_does_not_stop_the_sweep() {
    for (int i = 0; i < 250; i++) {
      images.stuck.add(upload().image());
    }
    upload();
    clock.advance(ImageKeeper.COMMIT_TIMEOUT.plusMinutes(1));

    assertThatThrownBy(keeper::sweep)
        .isInstanceOf(InternalFault.class)
        .hasMessageContaining("250")
        .hasRootCauseMessage("stuck on purpose");
    assertThat(images.kept.keys()).hasSize(250);

    clock.advance(ImageKeeper.COMMIT_TIMEOUT.plusMinutes(1));
    images.stuck.clear();
    assertThat(keeper.sweep()).isEqualTo(250);
    assertThat(images.kept.keys()).isEmpty();
  }

  @Test
  void a_store_out_of_reach_ends_the_sweep_until_the_next_run() {
    for (int i = 0; i < 10; i++) {
      upload();
    }
    clock.advance(ImageKeeper.COMMIT_TIMEOUT.plusMinutes(1));
    images.calls = 0;
    for (int i = 0; i < 5; i++) {
      images.faults.add(ImageKeeperTest::unavailable);
    }
    assertThatThrownBy(keeper::sweep).isInstanceOf(TransientFault.class);
    assertThat(images.calls).isEqualTo(3);

    images.faults.clear();
    keeper.sweep();
    clock.advance(ImageKeeper.COMMIT_TIMEOUT.plusMinutes(1));
    keeper.sweep();
    assertThat(images.kept.keys()).isEmpty();
  }

  @Test
  void an_upload_is_retried_until_its_deadline() {
    images.faults.add(ImageKeeperTest::unavailable);
    images.faults.add(ImageKeeperTest::unavailable);
    upload();
    assertThat(images.kept.keys()).hasSize(1);
  }

  @Test
  void an_upload_beyond_its_deadline_is_a_timeout_with_its_cause() {
    for (int i = 0; i < 10; i++) {
      images.faults.add(
          () -> {
            clock.advance(Duration.ofSeconds(6));
            return unavailable();
          });
    }
    assertThatThrownBy(this::upload)
        .isInstanceOfSatisfying(
            TransientFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(TransientFault.Kind.TIMEOUT))
        .hasRootCauseMessage("unavailable on purpose");
    assertThat(images.calls).isEqualTo(4);
  }

  @Test
  void an_erasure_that_fails_is_left_to_the_sweep() {
    Erasure image = upload();
    images.stuck.add(image.image());
    keeper.erase(image, soon());
    images.stuck.clear();
    clock.advance(ImageKeeper.COMMIT_TIMEOUT.plusMinutes(1));
    assertThat(keeper.sweep()).isOne();
  }

  private Erasure upload() {
    return keeper.upload(application, new SubjectId("necidguid-1"), new byte[] {1}, soon());
  }

  private Instant soon() {
    return clock.instant().plusSeconds(20);
  }
}
