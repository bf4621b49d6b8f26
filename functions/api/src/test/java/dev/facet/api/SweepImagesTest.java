package dev.facet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.facet.api.tasks.SweepImagesHandler;
import dev.facet.aws.telemetry.Telemetry;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.fakes.InMemoryGalleryStore;
import dev.facet.core.fakes.InMemoryImageStore;
import dev.facet.core.fakes.SettableClock;
import dev.facet.core.images.ImageKeeper;
import dev.facet.core.subjects.SubjectId;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Photos that a crash left behind. */
class SweepImagesTest {

  private final SettableClock clock = new SettableClock();
  private final InMemoryImageStore images = new InMemoryImageStore();
  private final ImageKeeper keeper =
      new ImageKeeper(images, new InMemoryGalleryStore(clock), clock, new SecureRandom());
  private final List<String> metrics = new ArrayList<>();
  private final List<String> log = new ArrayList<>();

  @Test
  void an_unreferenced_photo_is_erased_after_the_commit_timeout() {
    keeper.upload(
        new ApplicationId(UUID.randomUUID()), new SubjectId("necidguid-1"), new byte[] {1});

    assertThat(sweep()).isZero();
    clock.advance(ImageKeeper.COMMIT_TIMEOUT);
    assertThat(sweep()).isOne();
    assertThat(images.keys()).isEmpty();
    assertThat(metrics.getLast()).contains("\"ImagesSwept\":1");
    assertThat(log.getLast()).contains("\"erased\":1");
  }

  private int sweep() {
    return new SweepImagesHandler(keeper, new Telemetry("Facet", clock, metrics::add))
        .handleRequest(new ScheduledEvent(), new TestContext(28_000, log::add));
  }
}
