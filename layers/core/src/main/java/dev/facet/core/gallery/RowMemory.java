package dev.facet.core.gallery;

import dev.facet.core.faults.InternalFault;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The off-heap memory that the galleries of a process share. Safe for concurrent use.
 *
 * <p>Readers share rows without locks or leases, so the garbage collector decides when the last
 * reader of some rows is gone, and frees them. It is run when memory is short. Whatever still does
 * not fit is refused before anything is allocated.
 */
final class RowMemory implements SegmentAllocator {

  private static final Cleaner CLEANER = Cleaner.create();

  /** The pauses, of ten milliseconds, for freed rows to be counted after a collection. */
  private static final int PAUSES = 20;

  private final long maxBytes;
  private final @Nullable Arena arena;
  private final AtomicLong taken = new AtomicLong();

  /**
   * @param maxBytes the maximum number of bytes in use
   */
  RowMemory(long maxBytes) {
    this(maxBytes, null);
  }

  private RowMemory(long maxBytes, @Nullable Arena arena) {
    this.maxBytes = maxBytes;
    this.arena = arena;
  }

  /** Returns memory for a small index, which is freed when the arena is closed. */
  static RowMemory of(Arena arena) {
    return new RowMemory(Long.MAX_VALUE, arena);
  }

  /**
   * {@inheritDoc}
   *
   * @throws InternalFault NO_MEMORY if it does not fit
   */
  @Override
  public MemorySegment allocate(long bytes, long alignment) {
    if (!take(bytes) && !(collected(bytes) && take(bytes))) {
      throw full(bytes);
    }
    MemorySegment rows;
    try {
      rows = (arena == null ? Arena.ofAuto() : arena).allocate(bytes, alignment);
    } catch (OutOfMemoryError usedByOthers) {
      taken.addAndGet(-bytes);
      throw full(bytes);
    }
    if (arena != null) {
      return rows;
    }
    AtomicLong counter = taken;
    var _ = CLEANER.register(rows.scope(), () -> counter.addAndGet(-bytes));
    return rows;
  }

  /**
   * Checks that so many bytes are free, before work that needs them.
   *
   * @throws InternalFault NO_MEMORY if they are not
   */
  void require(long bytes) {
    if (!hasRoom(bytes)) {
      throw full(bytes);
    }
  }

  /** Returns whether so many bytes are free; they may be taken by others meanwhile. */
  boolean hasRoom(long bytes) {
    return fits(taken.get(), bytes) || collected(bytes);
  }

  private boolean take(long bytes) {
    long before = taken.get();
    while (fits(before, bytes)) {
      if (taken.compareAndSet(before, before + bytes)) {
        return true;
      }
      before = taken.get();
    }
    return false;
  }

  private boolean fits(long used, long bytes) {
    return bytes <= maxBytes - used;
  }

  /** Frees the rows that no reader holds; returns whether so many bytes are free then. */
  private synchronized boolean collected(long bytes) {
    if (bytes > maxBytes) {
      return false;
    }
    if (!fits(taken.get(), bytes)) {
      System.gc();
    }
    for (int i = 0; i < PAUSES && !fits(taken.get(), bytes); i++) {
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return fits(taken.get(), bytes);
  }

  private InternalFault full(long bytes) {
    return new InternalFault(
        InternalFault.Kind.NO_MEMORY,
        ("Galleries need another %d KB of memory; %d of %d MB are in use. Give the process more"
                + " memory (MaxDirectMemorySize), or delete subjects.")
            .formatted(bytes / 1000, taken.get() / 1_000_000, maxBytes / 1_000_000));
  }
}
