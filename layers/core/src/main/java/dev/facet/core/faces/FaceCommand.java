package dev.facet.core.faces;

import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.gallery.Template;
import dev.facet.core.subjects.PersonId;
import dev.facet.core.subjects.SubjectId;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A command to the {@link FaceService}. Images are base64 text as the caller sent it, or a data URL
 * of it ({@link Base64Image}).
 *
 * @param <A> the type of the answer
 */
public sealed interface FaceCommand<A extends FaceAnswer> {

  /** Returns the context of the command, such as application and deadline. */
  CallContext call();

  /** Returns the same command with other contexts, also of the enrolments of a batch. */
  FaceCommand<A> withCalls(UnaryOperator<CallContext> change);

  /** Returns the class of the answer. */
  Class<A> resultType();

  /**
   * Enrols the one prominent face of an image as a new subject.
   *
   * <p>Faults: InvalidRequest, NoFace, MultipleFaces, PoorQuality, GalleryFull, DuplicateRequest.
   */
  record Register(CallContext call, String face) implements FaceCommand<FaceAnswer.Registered> {
    @Override
    public Register withCalls(UnaryOperator<CallContext> change) {
      return new Register(change.apply(call), face);
    }

    @Override
    public Class<FaceAnswer.Registered> resultType() {
      return FaceAnswer.Registered.class;
    }
  }

  /**
   * Replaces all templates of a subject by that of the one prominent face of an image.
   *
   * <p>Faults: as {@link Register}, and SubjectNotFound (checked first).
   */
  record Update(CallContext call, SubjectId subject, String face)
      implements FaceCommand<FaceAnswer.Registered> {
    @Override
    public Update withCalls(UnaryOperator<CallContext> change) {
      return new Update(change.apply(call), subject, face);
    }

    @Override
    public Class<FaceAnswer.Registered> resultType() {
      return FaceAnswer.Registered.class;
    }
  }

  /**
   * Removes a subject. Once this is answered, no instance returns the subject any more.
   *
   * <p>Faults: SubjectNotFound, DuplicateRequest.
   */
  record Delete(CallContext call, SubjectId subject) implements FaceCommand<FaceAnswer.Deleted> {
    @Override
    public Delete withCalls(UnaryOperator<CallContext> change) {
      return new Delete(change.apply(call), subject);
    }

    @Override
    public Class<FaceAnswer.Deleted> resultType() {
      return FaceAnswer.Deleted.class;
    }
  }

  /**
   * Detects up to 20 faces and returns their attributes, largest first. Nothing is stored.
   *
   * <p>Faults: InvalidRequest, NoFace.
   *
   * @param quality whether the components of each face's quality are measured too
   */
  record Extract(CallContext call, String faces, boolean quality)
      implements FaceCommand<FaceAnswer.Extracted> {

    /** Creates a command without the components of the quality. */
    public Extract(CallContext call, String faces) {
      this(call, faces, false);
    }

    @Override
    public Extract withCalls(UnaryOperator<CallContext> change) {
      return new Extract(change.apply(call), faces, quality);
    }

    @Override
    public Class<FaceAnswer.Extracted> resultType() {
      return FaceAnswer.Extracted.class;
    }
  }

  /**
   * Finds the subjects most similar to the probe's one prominent face (1:N).
   *
   * <p>Faults: InvalidRequest, NoFace, MultipleFaces, PoorQuality.
   *
   * @param threshold the minimum score of a candidate, 0..9999
   * @param limit the maximum number of candidates, 1..50
   */
  record Search(CallContext call, String probe, int threshold, int limit)
      implements FaceCommand<FaceAnswer.Found> {
    @Override
    public Search withCalls(UnaryOperator<CallContext> change) {
      return new Search(change.apply(call), probe, threshold, limit);
    }

    @Override
    public Class<FaceAnswer.Found> resultType() {
      return FaceAnswer.Found.class;
    }
  }

  /**
   * Scores the similarity of the probe's one prominent face to a subject (1:1). The application's
   * {@code verifyThreshold} decides whether the score suffices.
   *
   * <p>Faults: as {@link Search}, and SubjectNotFound (checked first).
   */
  record Verify(CallContext call, String probe, SubjectId subject)
      implements FaceCommand<FaceAnswer.Verified> {
    @Override
    public Verify withCalls(UnaryOperator<CallContext> change) {
      return new Verify(change.apply(call), probe, subject);
    }

    @Override
    public Class<FaceAnswer.Verified> resultType() {
      return FaceAnswer.Verified.class;
    }
  }

  /**
   * Enrols the person that embeddings show, unless a subject in the gallery is near enough to be
   * that person. In that case nothing changes, and the answer names that subject.
   *
   * <p>Faults: InvalidRequest (another dimension than the gallery's, or an identifier that belongs
   * to another face), EnrolmentFailed, GalleryFull, DuplicateRequest.
   *
   * @param version the model version of the gallery
   * @param templates 1..32, one dimension for each factor
   * @param identifier the caller's own name for the person ({@code metadata.id}), or null
   */
  record EnrolFeatures(
      CallContext call, ModelVersion version, List<Template> templates, @Nullable String identifier)
      implements FaceCommand<FaceAnswer.Enrolled> {
    /** Copies the list. */
    public EnrolFeatures {
      templates = List.copyOf(templates);
    }

    @Override
    public EnrolFeatures withCalls(UnaryOperator<CallContext> change) {
      return new EnrolFeatures(change.apply(call), version, templates, identifier);
    }

    @Override
    public Class<FaceAnswer.Enrolled> resultType() {
      return FaceAnswer.Enrolled.class;
    }
  }

  /**
   * Carries out enrolments of one application and version together, so that they need one
   * invocation and share commits. The answer has a result for each, in this order; one that fails
   * does not affect the others.
   *
   * @param items 1..{@value #MAX_ITEMS}, each with a context of its own
   */
  record EnrolBatch(CallContext call, List<EnrolFeatures> items)
      implements FaceCommand<FaceAnswer.EnrolledBatch> {

    /** Maximum number of enrolments in a batch. */
    public static final int MAX_ITEMS = 32;

    /** Copies the list and checks its size. */
    public EnrolBatch {
      items = List.copyOf(items);
      if (items.isEmpty() || items.size() > MAX_ITEMS) {
        throw new IllegalArgumentException("a batch has 1..32 enrolments");
      }
    }

    @Override
    public EnrolBatch withCalls(UnaryOperator<CallContext> change) {
      return new EnrolBatch(
          change.apply(call), items.stream().map(item -> item.withCalls(change)).toList());
    }

    @Override
    public Class<FaceAnswer.EnrolledBatch> resultType() {
      return FaceAnswer.EnrolledBatch.class;
    }
  }

  /**
   * Finds the people near embeddings: among all (1:N), or only the one that an identifier names
   * (1:1).
   *
   * <p>Faults: InvalidRequest (another dimension than the gallery's), AuthenticationFailed.
   *
   * @param version the model version of the gallery
   * @param probes 1..32, one dimension for each factor
   * @param userIdentifier the {@code metadata.id} of the only person to compare with, or null for
   *     all
   * @param limit the maximum number of people, 1..10
   */
  record PredictFeatures(
      CallContext call,
      ModelVersion version,
      List<Template> probes,
      @Nullable String userIdentifier,
      int limit)
      implements FaceCommand<FaceAnswer.Recognised> {
    /** Copies the list. */
    public PredictFeatures {
      probes = List.copyOf(probes);
    }

    @Override
    public PredictFeatures withCalls(UnaryOperator<CallContext> change) {
      return new PredictFeatures(change.apply(call), version, probes, userIdentifier, limit);
    }

    @Override
    public Class<FaceAnswer.Recognised> resultType() {
      return FaceAnswer.Recognised.class;
    }
  }

  /**
   * Removes a person from a version's gallery, and the identifier's binding to it.
   *
   * <p>Faults: SubjectNotFound, DuplicateRequest.
   */
  record DeletePerson(CallContext call, ModelVersion version, PersonId puid)
      implements FaceCommand<FaceAnswer.Forgotten> {
    @Override
    public DeletePerson withCalls(UnaryOperator<CallContext> change) {
      return new DeletePerson(change.apply(call), version, puid);
    }

    @Override
    public Class<FaceAnswer.Forgotten> resultType() {
      return FaceAnswer.Forgotten.class;
    }
  }
}
