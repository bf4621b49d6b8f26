package dev.facet.core.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs two pieces of work in turns: each waits before every step that it announces until the
 * schedule chooses it. A run with the same schedule takes the same course.
 */
final class Interleaving {

  private final IntPredicate secondNext;
  private final Semaphore returned = new Semaphore(0);
  private final ThreadLocal<Turns> turns = new ThreadLocal<>();

  /**
   * @param secondNext decides by the number of the step whether the second work takes it
   */
  Interleaving(IntPredicate secondNext) {
    this.secondNext = secondNext;
  }

  /** The turns of one work. */
  private static final class Turns {
    final Semaphore granted = new Semaphore(0);
    volatile boolean ended;
    volatile @Nullable Throwable failure;
  }

  /** Waits for the next turn; work outside of a run goes on at once. */
  void step() {
    Turns mine = turns.get();
    if (mine != null) {
      returned.release();
      mine.granted.acquireUninterruptibly();
    }
  }

  /** Runs both to their ends; throws the failure of either. */
  void run(Runnable first, Runnable second) {
    List<Turns> both = new ArrayList<>();
    for (Runnable work : List.of(first, second)) {
      Turns mine = new Turns();
      both.add(mine);
      Thread.ofVirtual().start(() -> run(work, mine));
    }
    for (int step = 0; !both.stream().allMatch(one -> one.ended); step++) {
      Turns next = both.get(secondNext.test(step) ? 1 : 0);
      if (next.ended) {
        next = both.get(both.indexOf(next) == 1 ? 0 : 1);
      }
      next.granted.release();
      returned.acquireUninterruptibly();
    }
    both.forEach(Interleaving::rethrow);
  }

  private void run(Runnable work, Turns mine) {
    mine.granted.acquireUninterruptibly();
    turns.set(mine);
    try {
      work.run();
    } catch (RuntimeException | Error failure) {
      mine.failure = failure;
    } finally {
      mine.ended = true;
      returned.release();
    }
  }

  private static void rethrow(Turns work) {
    switch (work.failure) {
      case null -> {}
      case RuntimeException failure -> throw failure;
      case Error failure -> throw failure;
      case Throwable other -> throw new AssertionError(other);
    }
  }
}
