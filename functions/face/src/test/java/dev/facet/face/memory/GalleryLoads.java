package dev.facet.face.memory;

import dev.facet.aws.faces.DirectMemory;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.fakes.ForwardingGalleryStore;
import dev.facet.core.fakes.InMemoryGalleryStore;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.gallery.Galleries;
import dev.facet.core.gallery.Gallery;
import dev.facet.core.gallery.GalleryHead;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.GalleryLimits;
import dev.facet.core.gallery.LogPage;
import dev.facet.core.gallery.Subject;
import dev.facet.core.gallery.Template;
import dev.facet.core.gallery.Write;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.subjects.SubjectId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Loads galleries of the largest size that this process may hold, one after the other. Each takes
 * the place of the one before, as if every request came from another application.
 */
final class GalleryLoads implements Runnable {

  private static final int DIMENSION = 512;
  private static final int TOGETHER = 32;

  private final InMemoryGalleryStore filled = new InMemoryGalleryStore(InstantSource.system());
  private final GalleryId full = id();
  private final Galleries galleries;
  private final AtomicLong loads = new AtomicLong();
  private final long templates;

  /** Fills a gallery until another template is refused. */
  GalleryLoads() {
    GalleryLimits limits = GalleryLimits.within(Long.MAX_VALUE, DirectMemory.max());
    galleries =
        new Galleries(new SameContent(filled, full), limits, InstantSource.system(), new Random(1));
    templates = fill(galleries.open(full));
  }

  /** Returns the number of templates of each gallery. */
  long templates() {
    return templates;
  }

  /** Returns the number of galleries that were loaded. */
  long loads() {
    return loads.get();
  }

  /** Loads galleries until the thread is interrupted. */
  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      long count = galleries.open(id()).current(deadline()).count();
      if (count != templates) {
        throw new AssertionError("%d templates instead of %d".formatted(count, templates));
      }
      loads.incrementAndGet();
    }
  }

  private static long fill(Gallery gallery) {
    Random random = new Random(2);
    long done = 0;
    while (true) {
      List<Gallery.Submission> writes = new ArrayList<>();
      for (int i = 0; i < TOGETHER; i++) {
        Write write = write("person-" + (done + i), random);
        writes.add(new Gallery.Submission(view -> write, deadline(), deadline()));
      }
      for (Gallery.SubmittedWrite write : gallery.submit(writes)) {
        try {
          var _ = write.await();
          done++;
        } catch (InternalFault refused) {
          if (refused.kind() == InternalFault.Kind.NO_MEMORY) {
            return done;
          }
          throw refused;
        }
      }
    }
  }

  private static Write write(String name, Random random) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = random.nextFloat() - 0.5f;
    }
    Subject subject =
        new Subject(
            new SubjectId(name),
            List.of(Template.normalised("face", vector)),
            "default",
            null,
            null,
            null,
            null,
            Instant.EPOCH,
            Instant.EPOCH);
    OperationId operation = new OperationId(UUID.randomUUID().toString());
    return new Write(
        new Operation(operation, "digest", "{}", deadline()),
        List.of(new Write.Store(subject)),
        List.of());
  }

  private static GalleryId id() {
    return GalleryId.ofImages(new ApplicationId(UUID.randomUUID()), "default");
  }

  private static Instant deadline() {
    return Instant.now().plusSeconds(600);
  }

  /** A store whose galleries all have the content of one. */
  private static final class SameContent extends ForwardingGalleryStore {

    private final GalleryId content;

    SameContent(InMemoryGalleryStore store, GalleryId content) {
      super(store);
      this.content = content;
    }

    @Override
    public GalleryHead head(GalleryId gallery, Instant deadline) {
      return super.head(content, deadline);
    }

    @Override
    public LogPage log(GalleryId gallery, long from, Instant deadline) {
      return super.log(content, from, deadline);
    }

    @Override
    public LogPage history(GalleryId gallery, long from, Instant deadline) {
      return super.history(content, from, deadline);
    }
  }
}
