package dev.facet.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.bundle.Bundle;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.faults.TransientFault.Kind;
import dev.facet.core.retry.Deadline;
import dev.facet.vision.StageTimer.Stage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An extraction ends at its deadline, whichever stage is late. */
class DeadlinesIT {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static final LateStage LATE = new LateStage();
  private static TorchFaceExtractor extractor;
  private static byte[] photo;

  @BeforeAll
  static void load() {
    extractor =
        new TorchFaceExtractor(
            Bundle.open(Photos.bundle()), TorchFaceExtractor.Settings.defaults(), LATE);
    photo = Photos.jpeg(Photos.sample(1));
  }

  @AfterAll
  static void close() {
    extractor.close();
  }

  /** A timer and a clock: a given stage takes until after the deadline, the others no time. */
  private static final class LateStage implements StageTimer, InstantSource {

    private volatile Stage late = Stage.DECODE;
    private volatile Instant now = START;
    private final List<Stage> begun = Collections.synchronizedList(new ArrayList<>());

    void isLate(Stage stage) {
      late = stage;
      now = START;
      begun.clear();
    }

    @Override
    public <T> T time(Stage stage, Supplier<T> work) {
      begun.add(stage);
      T result = work.get();
      if (stage == late) {
        now = START.plus(LIMIT);
      }
      return result;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DECODE", "DETECT", "LANDMARKS", "ALIGN", "EMBED", "POSE"})
  void no_stage_begins_after_the_deadline(Stage late) {
    assertTimeout(late, deadline -> extractor.describe(photo, 1, deadline));

    List<Stage> inOrder = List.of(Stage.DECODE, Stage.DETECT, Stage.LANDMARKS, Stage.ALIGN);
    Set<Stage> allowed =
        inOrder.contains(late)
            ? Set.copyOf(inOrder.subList(0, inOrder.indexOf(late) + 1))
            // they run beside each other
            : EnumSet.complementOf(EnumSet.of(Stage.QUALITY));
    assertThat(LATE.begun).isSubsetOf(allowed).contains(late);
  }

  @Test
  void a_single_face_is_given_up_too() {
    assertTimeout(Stage.DECODE, deadline -> extractor.single(photo, deadline));
    assertThat(LATE.begun).containsExactly(Stage.DECODE);
  }

  private static void assertTimeout(Stage late, Consumer<Deadline> extraction) {
    LATE.isLate(late);
    assertThatThrownBy(() -> extraction.accept(new Deadline(START.plus(LIMIT), LATE)))
        .isInstanceOfSatisfying(
            TransientFault.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.TIMEOUT));
  }
}
