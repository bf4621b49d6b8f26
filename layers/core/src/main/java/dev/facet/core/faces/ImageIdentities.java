package dev.facet.core.faces;

import dev.facet.core.faults.CallerFault;
import dev.facet.core.faults.CallerFault.SubjectNotFound;
import dev.facet.core.gallery.CommitResult;
import dev.facet.core.gallery.Galleries;
import dev.facet.core.gallery.Gallery;
import dev.facet.core.gallery.GalleryId;
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
import java.util.function.Supplier;
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

  private final FaceExtractor extractor;
  private final Galleries galleries;
  private final ImageKeeper images;
  private final SubjectIds ids;
  private final InstantSource clock;
  private final IdempotencyGuard idempotency;

  ImageIdentities(
      FaceExtractor extractor,
      Galleries galleries,
      ImageKeeper images,
      SubjectIds ids,
      ResultCodec results,
      InstantSource clock) {
    this.extractor = extractor;
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
        () -> enrol(call, command.face(), ids.next(), Optional::empty));
  }

  FaceAnswer.Registered update(FaceCommand.Update command) {
    CallContext call = command.call();
    SubjectId subject = command.subject();
    return idempotency.once(
        call,
        FaceAnswer.Registered.class,
        () -> {
          record(call, subject); // an unknown subject is refused before its photo is looked at
          return enrol(call, command.face(), subject, () -> Optional.of(record(call, subject)));
        });
  }

  FaceAnswer.Deleted delete(FaceCommand.Delete command) {
    CallContext call = command.call();
    SubjectId subject = command.subject();
    return idempotency.once(call, FaceAnswer.Deleted.class, () -> deleteNow(call, subject));
  }

  private FaceAnswer.Deleted deleteNow(CallContext call, SubjectId subject) {
    Operation operation = idempotency.record(call, new FaceAnswer.Deleted(subject));
    WritePlan.Blind plan =
        () -> {
          Subject record = record(call, subject);
          return new Write(operation, List.of(new Write.Drop(record)), erasing(record).toList());
        };
    return commit(call, plan, FaceAnswer.Deleted.class);
  }

  /** Stores a subject with the image's one face, in place of a previous record if one exists. */
  private FaceAnswer.Registered enrol(
      CallContext call, String text, SubjectId id, Supplier<Optional<Subject>> previous) {
    byte[] image = Base64Image.decode("face", text);
    Deadline deadline = new Deadline(call.deadline(), clock);
    ExtractedFace face = QualityFloor.check(extractor.single(image, deadline), call);
    Optional<Erasure> upload =
        call.application().keepImages()
            ? Optional.of(images.upload(call.application().id(), id, image, call.deadline()))
            : Optional.empty();
    Operation operation =
        idempotency.record(call, new FaceAnswer.Registered(id, face.attributes()));
    WritePlan.Blind plan =
        () -> {
          Optional<Subject> before = previous.get();
          Subject after = subject(id, face, upload, before);
          return new Write(
              operation,
              List.of(new Write.Store(after, before.orElse(null))),
              Stream.concat(
                      upload.map(Write.Keep::new).stream(), before.stream().flatMap(this::erasing))
                  .toList());
        };
    try {
      return commit(call, plan, FaceAnswer.Registered.class);
    } catch (CallerFault refused) {
      if (upload.isPresent() && !idempotency.isDone(call)) {
        images.erase(upload.get(), call.deadline());
      }
      throw refused;
    }
  }

  private Subject subject(
      SubjectId id, ExtractedFace face, Optional<Erasure> upload, Optional<Subject> before) {
    Instant now = clock.instant();
    return new Subject(
        id,
        List.of(face.template()),
        extractor.bundleId(),
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

  private Subject record(CallContext call, SubjectId subject) {
    return galleries
        .store()
        .subject(gallery(call).id(), subject, call.deadline())
        .orElseThrow(SubjectNotFound::new);
  }

  private <A extends FaceAnswer> A commit(CallContext call, WritePlan.Blind plan, Class<A> type) {
    CommitResult done = gallery(call).commit(plan, call.deadline());
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

  private Gallery gallery(CallContext call) {
    return galleries.open(GalleryId.ofImages(call.application().id(), extractor.bundleId()));
  }
}
