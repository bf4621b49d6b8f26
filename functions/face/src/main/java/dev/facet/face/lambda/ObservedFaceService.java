package dev.facet.face.lambda;

import dev.facet.aws.telemetry.ColdStart;
import dev.facet.aws.telemetry.LogLine;
import dev.facet.aws.telemetry.Metrics;
import dev.facet.aws.telemetry.RequestOutcome;
import dev.facet.aws.telemetry.Telemetry;
import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faces.FaceAnswer.Found;
import dev.facet.core.faces.FaceAnswer.Recognised;
import dev.facet.core.faces.FaceAnswer.Verified;
import dev.facet.core.faces.FaceCommand;
import dev.facet.core.faces.FaceCommand.DeletePerson;
import dev.facet.core.faces.FaceCommand.EnrolFeatures;
import dev.facet.core.faces.FaceCommand.PredictFeatures;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.gallery.Galleries;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.GalleryView;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A face service that logs each command and emits metrics: its outcome, whether it found a match,
 * and the size of the gallery. It never logs a command's content.
 */
public final class ObservedFaceService implements FaceService {

  private static final String GALLERY = "face.Gallery";

  private final FaceService service;
  private final Galleries galleries;
  private final Set<String> bundleIds;
  private final InstantSource clock;
  private final Consumer<String> log;
  private final Telemetry telemetry;
  private final ColdStart coldStart = new ColdStart();

  /**
   * @param service executes the commands
   * @param galleries the galleries of {@code service}
   * @param bundleIds the ids of the model bundles that extract faces from photos
   * @param log receives each line
   */
  public ObservedFaceService(
      FaceService service,
      Galleries galleries,
      Set<String> bundleIds,
      InstantSource clock,
      Consumer<String> log,
      Telemetry telemetry) {
    this.service = service;
    this.galleries = galleries;
    this.bundleIds = Set.copyOf(bundleIds);
    this.clock = clock;
    this.log = log;
    this.telemetry = telemetry;
  }

  @Override
  public <A extends FaceAnswer> A execute(FaceCommand<A> command) {
    long start = clock.millis();
    boolean cold = coldStart.isNow();
    LogLine line =
        new LogLine("FaceHandler", null, null, cold)
            .with("time", clock.instant().toString())
            .with("operation", command.getClass().getSimpleName())
            .with("correlationId", command.call().correlationId())
            .with("applicationId", command.call().application().id().toString());
    A answer = null;
    try {
      answer = service.execute(command);
      return answer;
    } catch (RuntimeException failure) {
      line.failed(failure);
      emit(failure);
      throw failure;
    } finally {
      long millis = clock.millis() - start;
      RequestOutcome outcome = line.ended(millis);
      log.accept(line.toString());
      emit(command, answer, Metrics.ofRequest(operation(command), outcome, millis, cold));
    }
  }

  private void emit(FaceCommand<?> command, @Nullable FaceAnswer answer, Metrics metrics) {
    isMatch(command, answer).ifPresent(match -> metrics.count(match ? "Match" : "NoMatch", 1));
    telemetry.emit(metrics);
    galleries(command).map(galleries::inMemory).flatMap(Optional::stream).forEach(this::emit);
  }

  private void emit(RuntimeException failure) {
    if (failure instanceof InternalFault fault) {
      switch (fault.kind()) {
        case DAMAGED_LOG -> telemetry.emit(new Metrics(GALLERY).count("LogDamaged", 1));
        case LOG_TOO_LONG -> telemetry.emit(new Metrics(GALLERY).count("LogTooLong", 1));
        case NO_MEMORY, OTHER, OTHER_BUNDLE -> {}
      }
    }
  }

  private void emit(GalleryView gallery) {
    telemetry.emit(
        new Metrics(GALLERY)
            .count("GallerySize", gallery.count())
            .count("LogLength", gallery.position().seq())
            .count("LogBytes", gallery.logBytes()));
  }

  /** Returns the metrics' operation; its prefix separates it from the API's of the same name. */
  private static String operation(FaceCommand<?> command) {
    return "face." + command.getClass().getSimpleName();
  }

  /** Returns the match result of a search or verification; empty otherwise and on failure. */
  private static Optional<Boolean> isMatch(FaceCommand<?> command, @Nullable FaceAnswer answer) {
    return switch (answer) {
      case Found(var candidates, _) -> Optional.of(!candidates.isEmpty());
      case Recognised(var people, _) -> Optional.of(!people.isEmpty());
      case Verified(_, int score) ->
          Optional.of(score >= command.call().application().verifyThreshold());
      case null, default -> Optional.empty();
    };
  }

  /** Returns the galleries of which a command may use one. */
  private Stream<GalleryId> galleries(FaceCommand<?> command) {
    var application = command.call().application().id();
    return switch (command) {
      case EnrolFeatures enrol ->
          Stream.of(GalleryId.ofEmbeddings(application, enrol.version().value()));
      case FaceCommand.EnrolBatch batch -> galleries(batch.items().getFirst());
      case PredictFeatures probe ->
          Stream.of(GalleryId.ofEmbeddings(application, probe.version().value()));
      case DeletePerson delete ->
          Stream.of(GalleryId.ofEmbeddings(application, delete.version().value()));
      case FaceCommand.Register _,
          FaceCommand.Update _,
          FaceCommand.Delete _,
          FaceCommand.Extract _,
          FaceCommand.Search _,
          FaceCommand.Verify _ ->
          bundleIds.stream().map(bundle -> GalleryId.ofImages(application, bundle));
    };
  }
}
