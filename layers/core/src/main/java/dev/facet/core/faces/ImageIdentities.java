package dev.facet.core.faces;

import dev.facet.core.faces.ImageGalleries.ImageGallery;
import dev.facet.core.faults.CallerFault;
import dev.facet.core.faults.CallerFault.SubjectNotFound;
import dev.facet.core.faults.Fault;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.gallery.CommitResult;
import dev.facet.core.gallery.Galleries;
import dev.facet.core.gallery.Subject;
import dev.facet.core.gallery.Write;
import dev.facet.core.gallery.WritePlan;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.images.Erasure;
import dev.facet.core.images.ImageKeeper;
import dev.facet.core.retry.Deadline;
import dev.facet.core.subjects.SubjectId;
import dev.facet.core.subjects.SubjectIds;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Carries out the {@code /v1} writes of the {@link FaceService}.
 *
 * <p>Each write first checks whether its operation was done already, then whether its subject
 * exists, and only then processes the image. An original that is to be kept is uploaded before the
 * commit that refers to it ({@link ImageKeeper} explains why nothing is lost or left behind). The
 * answer is read from the operation's record, so that the first answer and a repeated one are the
 * same.
 */
final class ImageIdentities {

  private final ImageGalleries spaces;
  private final Galleries galleries;
  private final ImageKeeper images;
  private final SubjectIds ids;
  private final InstantSource clock;
  private final IdempotencyGuard idempotency;

  ImageIdentities(
      ImageGalleries spaces,
      Galleries galleries,
      ImageKeeper images,
      SubjectIds ids,
      ResultCodec results,
      InstantSource clock) {
    this.spaces = spaces;
    this.galleries = galleries;
    this.images = images;
    this.ids = ids;
    this.clock = clock;
    this.idempotency = new IdempotencyGuard(galleries, results, clock);
  }

  FaceAnswer.Registered register(FaceCommand.Register command) {
    CallContext call = command.call();
    return idempotency.once(
        call,
        FaceAnswer.Registered.class,
        () -> enrol(call, command.face(), ids.next(), gallery -> Optional.empty()));
  }

  FaceAnswer.Registered update(FaceCommand.Update command) {
    CallContext call = command.call();
    SubjectId subject = command.subject();
    return idempotency.once(
        call,
        FaceAnswer.Registered.class,
        () -> {
          // an unknown subject is refused before its photo is looked at
          record(call, spaces.of(call), subject);
          return enrol(
              call,
              command.face(),
              subject,
              gallery -> Optional.of(record(call, gallery, subject)));
        });
  }

  FaceAnswer.Deleted delete(FaceCommand.Delete command) {
    CallContext call = command.call();
    SubjectId subject = command.subject();
    return idempotency.once(call, FaceAnswer.Deleted.class, () -> deleteNow(call, subject));
  }

  private FaceAnswer.Deleted deleteNow(CallContext call, SubjectId subject) {
    Operation operation = idempotency.record(call, new FaceAnswer.Deleted(subject));
    ImageGallery gallery = spaces.of(call);
    WritePlan.Blind plan =
        () -> {
          Subject record = record(call, gallery, subject);
          return new Write(operation, List.of(new Write.Drop(record)), erasing(record).toList());
        };
    return commit(call, gallery, plan, FaceAnswer.Deleted.class);
  }

  /** Finds the record that an enrolment replaces, if one exists. */
  @FunctionalInterface
  private interface Previous {
    Optional<Subject> in(ImageGallery gallery);
  }

  /**
   * Stores a subject with the image's one face, in place of a previous record if one exists. If
   * another process made the gallery with another bundle meanwhile, the image is processed again by
   * that one.
   */
  private FaceAnswer.Registered enrol(
      CallContext call, String text, SubjectId id, Previous previous) {
    byte[] image = Base64Image.decode("face", text);
    while (true) {
      try {
        return enrol(call, spaces.of(call), image, id, previous);
      } catch (InternalFault fault) {
        if (!isOtherBundle(fault)) {
          throw fault;
        }
      }
    }
  }

  private FaceAnswer.Registered enrol(
      CallContext call, ImageGallery gallery, byte[] image, SubjectId id, Previous previous) {
    Deadline deadline = new Deadline(call.deadline(), clock);
    FaceExtractor extractor = spaces.bundle(gallery).extractor();
    ExtractedFace face = QualityFloor.check(extractor.single(image, deadline), call);
    Optional<Erasure> upload =
        call.application().keepImages()
            ? Optional.of(images.upload(call.application().id(), id, image, call.deadline()))
            : Optional.empty();
    Operation operation =
        idempotency.record(call, new FaceAnswer.Registered(id, face.attributes()));
    WritePlan.Blind plan =
        () -> {
          Optional<Subject> before = previous.in(gallery);
          Subject after = subject(id, gallery, face, upload, before);
          return new Write(
              operation,
              List.of(new Write.Store(after, before.orElse(null))),
              Stream.of(
                      upload.map(Write.Keep::new).stream(),
                      before.stream().flatMap(this::erasing),
                      recordingBundle(call, gallery))
                  .<Write.Companion>flatMap(companions -> companions)
                  .toList());
        };
    try {
      return commit(call, gallery, plan, FaceAnswer.Registered.class);
    } catch (CallerFault | InternalFault refused) {
      if (wroteNothing(refused) && upload.isPresent() && !idempotency.isDone(call)) {
        images.erase(upload.get(), call.deadline());
      }
      throw refused;
    }
  }

  private static boolean wroteNothing(Fault fault) {
    return fault instanceof CallerFault || isOtherBundle(fault);
  }

  private static boolean isOtherBundle(Fault fault) {
    return fault instanceof InternalFault ours && ours.kind() == InternalFault.Kind.OTHER_BUNDLE;
  }

  /**
   * Returns the record of the gallery's bundle if none is stored yet.
   *
   * @throws InternalFault OTHER_BUNDLE if another bundle is recorded, by whose gallery the write
   *     has to be planned again
   */
  private Stream<Write.Companion> recordingBundle(CallContext call, ImageGallery gallery) {
    if (gallery.recorded()) {
      return Stream.empty();
    }
    Optional<String> recorded =
        galleries.store().imageBundle(gallery.application(), call.deadline());
    if (recorded.isPresent() && !recorded.get().equals(gallery.bundleId())) {
      throw new InternalFault(
          InternalFault.Kind.OTHER_BUNDLE, "The gallery was made with another model bundle.");
    }
    return recorded.isPresent()
        ? Stream.empty()
        : Stream.of(new Write.RecordBundle(gallery.bundleId()));
  }

  private Subject subject(
      SubjectId id,
      ImageGallery gallery,
      ExtractedFace face,
      Optional<Erasure> upload,
      Optional<Subject> before) {
    Instant now = clock.instant();
    return new Subject(
        id,
        List.of(face.template()),
        gallery.bundleId(),
        face.attributes().quality(),
        upload.map(Erasure::image).orElse(null),
        null,
        null,
        before.map(Subject::created).orElse(now),
        now);
  }

  private Stream<Write.Companion> erasing(Subject subject) {
    return Stream.ofNullable(subject.image()).map(images::noteFor).map(Write.Erase::new);
  }

  private Subject record(CallContext call, ImageGallery gallery, SubjectId subject) {
    return galleries
        .store()
        .subject(gallery.id(), subject, call.deadline())
        .orElseThrow(SubjectNotFound::new);
  }

  private <A extends FaceAnswer> A commit(
      CallContext call, ImageGallery gallery, WritePlan.Blind plan, Class<A> type) {
    CommitResult done = galleries.open(gallery.id()).commit(plan, call.deadline());
    A answer = idempotency.answer(call, done.operation(), type);
    if (done.write() != null) {
      eraseNow(done.write(), call.deadline());
    }
    return answer;
  }

  private void eraseNow(Write write, Instant deadline) {
    for (Write.Companion companion : write.companions()) {
      if (companion instanceof Write.Erase(Erasure erasure)) {
        images.erase(erasure, deadline);
      }
    }
  }
}
