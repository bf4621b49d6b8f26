package dev.facet.core.faces;

import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.gallery.Template;
import dev.facet.core.subjects.PersonId;
import dev.facet.core.subjects.SubjectId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command to the {@link FaceService}. Images are base64 text as the caller sent it, a {@code
 * data:image/…;base64,} prefix allowed.
 *
 * @param <A> the type of the answer
 */
public sealed interface FaceCommand<A extends FaceAnswer> {

  /** Returns the context of the command, such as application and deadline. */
  CallContext call();

  /** Returns the class of the answer. */
  Class<A> resultType();

  /**
   * Enrols the one prominent face of an image as a new subject.
   *
   * <p>Faults: InvalidRequest, NoFace, MultipleFaces, PoorQuality, GalleryFull, DuplicateRequest.
   */
  record Register(CallContext call, String face) implements FaceCommand<FaceAnswer.Registered> {
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
    public Class<FaceAnswer.Deleted> resultType() {
      return FaceAnswer.Deleted.class;
    }
  }

  /**
   * Detects up to 20 faces and returns their attributes, largest first. Nothing is stored.
   *
   * <p>Faults: InvalidRequest, NoFace.
   */
  record Extract(CallContext call, String faces) implements FaceCommand<FaceAnswer.Extracted> {
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
    public Class<FaceAnswer.Forgotten> resultType() {
      return FaceAnswer.Forgotten.class;
    }
  }
}
