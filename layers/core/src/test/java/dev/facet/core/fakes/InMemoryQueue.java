package dev.facet.core.fakes;

import dev.facet.core.faults.TransientFault;
import dev.facet.core.jobs.DeadLetters;
import dev.facet.core.jobs.JobQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A queue and its dead letters in memory; who receives what, how often, is the test's to say. */
public final class InMemoryQueue implements JobQueue, DeadLetters {

  private final List<String> messages = new ArrayList<>();
  private final List<Letter> letters = new ArrayList<>();
  private boolean refusing;
  private boolean silent;

  /** From now on nothing is taken. */
  public synchronized void refuse() {
    refusing = true;
  }

  /** From now on everything is taken, but no answer arrives. */
  public synchronized void loseAnswers() {
    silent = true;
  }

  /** What was sent. */
  public synchronized List<String> messages() {
    return List.copyOf(messages);
  }

  /** Gives up a message that was sent just now. */
  public void giveUp(String message) {
    giveUp(message, Instant.now());
  }

  /** Gives up a message. */
  public synchronized void giveUp(String message, Instant sent) {
    messages.remove(message);
    letters.add(new Letter(message, sent));
  }

  @Override
  public synchronized void send(String message) {
    if (refusing) {
      throw new TransientFault(TransientFault.Kind.THROTTLED, "refused on purpose");
    }
    messages.add(message);
    if (silent) {
      throw new TransientFault(TransientFault.Kind.UNAVAILABLE, "the answer is lost on purpose");
    }
  }

  @Override
  public void postpone(String receipt, Duration by) {}

  @Override
  public synchronized boolean visit(Instant until, Visitor visitor) {
    letters.removeIf(letter -> visitor.visit(letter) == Verdict.REMOVE);
    return true;
  }
}
