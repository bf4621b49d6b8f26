package dev.facet.core.faces;

import dev.facet.core.concurrent.Parallel;
import dev.facet.core.embeddings.MatchThresholds;
import dev.facet.core.embeddings.MatchingRules;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.faces.EmbeddingMatcher.Found;
import dev.facet.core.faces.EmbeddingMatcher.Hit;
import dev.facet.core.faces.EmbeddingMatcher.Probes;
import dev.facet.core.faces.FaceAnswer.BatchResult;
import dev.facet.core.faces.FaceAnswer.Person;
import dev.facet.core.faults.CallerFault.AuthenticationFailed;
import dev.facet.core.faults.CallerFault.EnrolmentFailed;
import dev.facet.core.faults.CallerFault.SubjectNotFound;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.gallery.Galleries;
import dev.facet.core.gallery.Gallery;
import dev.facet.core.gallery.Gallery.Submission;
import dev.facet.core.gallery.Gallery.SubmittedWrite;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.GalleryView;
import dev.facet.core.gallery.Identifier;
import dev.facet.core.gallery.Subject;
import dev.facet.core.gallery.Template;
import dev.facet.core.gallery.Write;
import dev.facet.core.gallery.WritePlan;
import dev.facet.core.subjects.PersonId;
import dev.facet.core.subjects.SubjectId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Carries out the {@link FaceService}'s commands on embeddings that clients supply. Safe for
 * concurrent use.
 *
 * <p>The commit's plan decides whether a person is new, on a view that holds every earlier commit
 * and every write planned for the same commit. So of concurrent enrolments of one person, on any
 * number of processes, one creates the subject and the others find it.
 */
public final class EmbeddingIdentities {

  private final Galleries galleries;
  private final MatchingRules rules;
  private final EmbeddingMatcher matcher;
  private final ExternalIds externalIds;
  private final IdempotencyGuard idempotency;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param galleries stores and searches templates
   * @param rules the thresholds for the same person
   * @param results encodes and decodes the answers that operation records keep
   * @param clock for timestamps
   * @param random generates people's ids; cryptographically strong
   */
  public EmbeddingIdentities(
      Galleries galleries,
      MatchingRules rules,
      ResultCodec results,
      InstantSource clock,
      RandomGenerator random) {
    this.galleries = galleries;
    this.rules = rules;
    this.matcher = new EmbeddingMatcher(rules);
    this.externalIds = new ExternalIds(galleries);
    this.idempotency = new IdempotencyGuard(galleries, results, clock);
    this.clock = clock;
    this.random = random;
  }

  FaceAnswer.Enrolled enrol(FaceCommand.EnrolFeatures command) {
    CallContext call = command.call();
    return idempotency.once(
        call,
        FaceAnswer.Enrolled.class,
        () -> {
          Planned planned = planned(command);
          Gallery gallery = galleries.open(planned.gallery());
          return enrolled(call, gallery.submit(List.of(planned.write())).getFirst());
        });
  }

  /**
   * Enrols together, so that the enrolments of one gallery share commits. Reads of single records
   * run in parallel.
   *
   * @return the results in the order of the batch
   */
  List<BatchResult> enrol(FaceCommand.EnrolBatch batch) {
    List<Begun> all = Parallel.map(batch.items(), this::begun);
    Map<Submission, SubmittedWrite> submitted = submitted(all);
    return Parallel.map(
        all,
        begun ->
            switch (begun) {
              case Ended(var result) -> result;
              case Planned(var call, _, var write) ->
                  BatchResult.of(
                      () ->
                          idempotency.unlessRefused(
                              call,
                              FaceAnswer.Enrolled.class,
                              () -> enrolled(call, Objects.requireNonNull(submitted.get(write)))));
            });
  }

  /** An enrolment of a batch before the commits. */
  private sealed interface Begun {}

  /** An enrolment that needs no commit. */
  private record Ended(BatchResult result) implements Begun {}

  private record Planned(CallContext call, GalleryId gallery, Submission write) implements Begun {}

  private Begun begun(FaceCommand.EnrolFeatures command) {
    try {
      return idempotency
          .before(command.call(), FaceAnswer.Enrolled.class)
          .<Begun>map(answer -> new Ended(new BatchResult.Done(answer)))
          .orElseGet(() -> planned(command));
    } catch (RuntimeException failure) {
      return new Ended(BatchResult.failed(failure));
    }
  }

  private Map<Submission, SubmittedWrite> submitted(List<Begun> all) {
    Map<GalleryId, List<Submission>> submissions = new LinkedHashMap<>();
    for (Begun begun : all) {
      if (begun instanceof Planned(_, var gallery, var write)) {
        submissions.computeIfAbsent(gallery, _ -> new ArrayList<>()).add(write);
      }
    }
    Map<Submission, SubmittedWrite> submitted = new HashMap<>();
    submissions.forEach(
        (gallery, writes) -> {
          List<SubmittedWrite> results = galleries.open(gallery).submit(writes);
          for (int i = 0; i < writes.size(); i++) {
            submitted.put(writes.get(i), results.get(i));
          }
        });
    return submitted;
  }

  private FaceAnswer.Enrolled enrolled(CallContext call, SubmittedWrite write) {
    return idempotency.answer(call, write.await().operation(), FaceAnswer.Enrolled.class);
  }

  private Planned planned(FaceCommand.EnrolFeatures command) {
    List<Template> templates = rules.trusted(command.version(), command.templates());
    if (templates.isEmpty()) {
      throw new EnrolmentFailed();
    }
    Probes probes = new Probes(command.version(), templates, MatchThresholds::duplicate);
    CallContext call = command.call();
    GalleryId gallery = galleryId(call, command.version());
    Newcomer newcomer =
        new Newcomer(command, templates, PersonId.random(random), PersonId.random(random));
    WritePlan.Seeing plan =
        view -> {
          EmbeddingMatcher.requireComparable(view.dimensions(), templates);
          return matcher.nearest(view, probes, 1).hits().stream()
              .findFirst()
              .map(hit -> known(call, gallery, view, hit))
              .orElseGet(() -> enrolled(newcomer, gallery));
        };
    return new Planned(call, gallery, new Submission(plan, call.deadline(), call.retryUntil()));
  }

  /** An enrolment with the ids to use if the person is not enrolled yet. */
  private record Newcomer(
      FaceCommand.EnrolFeatures command, List<Template> templates, PersonId puid, PersonId guid) {
    SubjectId subject() {
      return puid.subject();
    }
  }

  private Write enrolled(Newcomer newcomer, GalleryId gallery) {
    CallContext call = newcomer.command().call();
    String name = newcomer.command().identifier();
    Optional<Identifier> bound =
        Optional.ofNullable(name)
            .map(it -> externalIds.bound(gallery, it, newcomer.subject(), newcomer.guid(), call));
    PersonId guid = bound.map(Identifier::guid).orElse(newcomer.guid());
    Instant now = clock.instant();
    Subject subject =
        new Subject(
            newcomer.subject(),
            newcomer.templates(),
            newcomer.command().version().value(),
            null,
            null,
            guid,
            name,
            now,
            now);
    Person person = new Person(newcomer.puid(), guid, 0);
    return new Write(
        idempotency.record(call, new FaceAnswer.Enrolled(person, false)),
        List.of(new Write.Store(subject)),
        bound.<Write.Companion>map(Write.Bind::new).stream().toList());
  }

  /** Returns a write that changes no subject and only records the answer, for idempotency. */
  private Write known(CallContext call, GalleryId gallery, GalleryView view, Hit hit) {
    Person person =
        view.planned(hit.subject())
            .or(() -> record(call, gallery, hit.subject()))
            .map(subject -> person(subject, hit.distance()))
            .orElseThrow(EmbeddingIdentities::deletedMeanwhile);
    return new Write(
        idempotency.record(call, new FaceAnswer.Enrolled(person, true)), List.of(), List.of());
  }

  FaceAnswer.Recognised predict(FaceCommand.PredictFeatures command) {
    List<Template> templates = rules.trusted(command.version(), command.probes());
    if (templates.isEmpty()) {
      throw new AuthenticationFailed();
    }
    Probes probes = new Probes(command.version(), templates, MatchThresholds::predict);
    String name = command.userIdentifier();
    return name == null ? nearest(command, probes) : verified(command, probes, name);
  }

  private FaceAnswer.Recognised nearest(FaceCommand.PredictFeatures command, Probes probes) {
    CallContext call = command.call();
    Gallery gallery = gallery(call, command.version());
    GalleryView view = gallery.current(call.deadline());
    EmbeddingMatcher.requireComparable(view.dimensions(), probes.templates());
    Found found = matcher.nearest(view, probes, command.limit());
    return recognised(found, subject -> record(call, gallery.id(), subject));
  }

  /** Compares with the record of one subject, so the gallery does not have to be loaded. */
  private FaceAnswer.Recognised verified(
      FaceCommand.PredictFeatures command, Probes probes, String name) {
    CallContext call = command.call();
    GalleryId gallery = galleryId(call, command.version());
    SubjectId named =
        externalIds.subject(gallery, name, call).orElseThrow(AuthenticationFailed::new);
    EmbeddingMatcher.requireComparable(
        galleries.store().head(gallery, call.deadline()).dimensions(), probes.templates());
    Optional<Subject> record = record(call, gallery, named);
    List<Template> enrolled = record.map(Subject::templates).orElse(List.of());
    Found found = matcher.among(List.of(named), subject -> enrolled, probes);
    return recognised(found, subject -> record);
  }

  private static FaceAnswer.Recognised recognised(
      Found found, Function<SubjectId, Optional<Subject>> records) {
    List<Person> people =
        found.hits().stream()
            .flatMap(
                hit ->
                    records
                        .apply(hit.subject())
                        .map(subject -> person(subject, hit.distance()))
                        .stream())
            .toList();
    return new FaceAnswer.Recognised(people, found.excluded());
  }

  FaceAnswer.Forgotten delete(FaceCommand.DeletePerson command) {
    return idempotency.once(command.call(), FaceAnswer.Forgotten.class, () -> deleteNow(command));
  }

  private FaceAnswer.Forgotten deleteNow(FaceCommand.DeletePerson command) {
    CallContext call = command.call();
    Gallery gallery = gallery(call, command.version());
    SubjectId subject = command.puid().subject();
    WritePlan.Blind plan =
        () -> {
          Subject record = record(call, gallery.id(), subject).orElseThrow(SubjectNotFound::new);
          return new Write(
              idempotency.record(call, new FaceAnswer.Forgotten(command.puid())),
              List.of(new Write.Drop(record)),
              externalIds.withdrawn(gallery.id(), record, call).stream().toList());
        };
    return idempotency.answer(
        call, gallery.commit(plan, call.deadline()).operation(), FaceAnswer.Forgotten.class);
  }

  private Optional<Subject> record(CallContext call, GalleryId gallery, SubjectId subject) {
    return galleries.store(call.retryUntil()).subject(gallery, subject, call.deadline());
  }

  private static Person person(Subject subject, double distance) {
    PersonId guid = Objects.requireNonNull(subject.guid(), "a subject of /node has a guid");
    return new Person(PersonId.of(subject.id()), guid, distance);
  }

  /**
   * Returns the fault for a subject that another process has just deleted: it makes the committer
   * plan again on the remaining subjects.
   */
  private static TransientFault deletedMeanwhile() {
    return new TransientFault(TransientFault.Kind.CONFLICT, "The person was deleted meanwhile.");
  }

  private Gallery gallery(CallContext call, ModelVersion version) {
    return galleries.open(galleryId(call, version));
  }

  private static GalleryId galleryId(CallContext call, ModelVersion version) {
    return GalleryId.ofEmbeddings(call.application().id(), version.value());
  }
}
