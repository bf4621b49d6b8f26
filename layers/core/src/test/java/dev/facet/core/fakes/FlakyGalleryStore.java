package dev.facet.core.fakes;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.faults.TransientFault.Kind;
import dev.facet.core.gallery.Commit;
import dev.facet.core.gallery.CommitOutcome;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A {@link GalleryStore} whose next commits meet with mishaps. */
public final class FlakyGalleryStore extends ForwardingGalleryStore {

  /** What happens to a commit. */
  public enum Mishap {
    /** It is refused for load; nothing is written. */
    THROTTLED,
    /** It is done, but the answer is lost on the way. */
    ANSWER_LOST,
    /** Its answer is lost, and it is done only after its operation was looked for in vain. */
    DONE_LATE,
    /** The process ends after it was done. */
    CRASH_AFTER,
    /** The process ends before it was sent. */
    CRASH_BEFORE
  }

  /** The process's end, as far as a test can tell. */
  public static final class Crash extends Error {
    Crash() {
      super("the process ends here");
    }
  }

  private final Queue<Mishap> mishaps;
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicReference<@Nullable Runnable> late = new AtomicReference<>();

  /** The next commits meet with these, later ones with none. */
  public FlakyGalleryStore(GalleryStore store, Mishap... mishaps) {
    super(store);
    this.mishaps = new ConcurrentLinkedQueue<>(List.of(mishaps));
  }

  /** How many commits were asked for. */
  public int commits() {
    return commits.get();
  }

  @Override
  public CommitOutcome commit(Commit commit, Instant deadline) {
    commits.incrementAndGet();
    return switch (mishaps.poll()) {
      case null -> super.commit(commit, deadline);
      case THROTTLED -> throw new TransientFault(Kind.THROTTLED, "throttled on purpose");
      case CRASH_BEFORE -> throw new Crash();
      case ANSWER_LOST -> {
        super.commit(commit, deadline);
        throw new TransientFault(Kind.TIMEOUT, "lost on purpose");
      }
      case DONE_LATE -> {
        late.set(() -> super.commit(commit, deadline));
        throw new TransientFault(Kind.TIMEOUT, "late on purpose");
      }
      case CRASH_AFTER -> {
        super.commit(commit, deadline);
        throw new Crash();
      }
    };
  }

  @Override
  public Optional<Operation> operation(
      ApplicationId application, OperationId operation, Instant deadline) {
    Optional<Operation> found = super.operation(application, operation, deadline);
    Runnable doneNow = late.getAndSet(null);
    if (doneNow != null) {
      doneNow.run();
    }
    return found;
  }
}
