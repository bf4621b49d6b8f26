package dev.facet.core.faces;

import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.gallery.Template;
import dev.facet.core.subjects.PersonId;
import dev.facet.core.subjects.SubjectId;
import java.util.List;
import java.util.Optional;

/**
 * A command to the {@link FaceService}. Images are base64 text as the caller sent it, a {@code
 * data:image/…;base64,} prefix allowed.
 *
 * @param <A> the type of the answer
 */
public sealed interface FaceCommand<A extends FaceAnswer> {

  /** Returns the context of the command, such as application and deadline. */
  CallContext call();

  /**
   * Enrols the one prominent face of an image as a new subject.
   *
   * <p>Faults: InvalidRequest, NoFace, MultipleFaces, PoorQuality, GalleryFull, DuplicateRequest.
   */
  record Register(CallContext call, String face) implements FaceCommand<FaceAnswer.Registered> {}

  /**
   * Replaces all templates of a subject by that of the one prominent face of an image.
   *
   * <p>Faults: as {@link Register}, and SubjectNotFound (checked first).
   */
  record Update(CallContext call, SubjectId subject, String face)
      implements FaceCommand<FaceAnswer.Registered> {}

  /**
   * Removes a subject. Once this is answered, no instance returns the subject any more.
   *
   * <p>Faults: SubjectNotFound, DuplicateRequest.
   */
  record Delete(CallContext call, SubjectId subject) implements FaceCommand<FaceAnswer.Deleted> {}

  /**
   * Detects up to 20 faces and returns their attributes, largest first. Nothing is stored.
   *
   * <p>Faults: InvalidRequest, NoFace.
   */
  record Extract(CallContext call, String faces) implements FaceCommand<FaceAnswer.Extracted> {}

  /**
   * Finds the subjects most similar to the probe's one prominent face (1:N).
   *
   * <p>Faults: InvalidRequest, NoFace, MultipleFaces, PoorQuality.
   *
   * @param threshold the minimum score of a candidate, 0..9999
   * @param limit the maximum number of candidates, 1..50
   */
  record Search(CallContext call, String probe, int threshold, int limit)
      implements FaceCommand<FaceAnswer.Found> {}

  /**
   * Scores the similarity of the probe's one prominent face to a subject (1:1). The application's
   * {@code verifyThreshold} decides whether the score suffices.
   *
   * <p>Faults: as {@link Search}, and SubjectNotFound (checked first).
   */
  record Verify(CallContext call, String probe, SubjectId subject)
      implements FaceCommand<FaceAnswer.Verified> {}

  /**
   * Enrols the person that embeddings show, unless a subject in the gallery is near enough to be
   * that person. In that case nothing changes, and the answer names that subject.
   *
   * <p>Faults: InvalidRequest (another dimension than the gallery's, or an identifier that belongs
   * to another face), EnrolmentFailed, GalleryFull, DuplicateRequest.
   *
   * @param version the model version of the gallery
   * @param templates 1..32, one dimension for each factor
   * @param identifier the caller's own name for the person ({@code metadata.id})
   */
  record EnrolFeatures(
      CallContext call, ModelVersion version, List<Template> templates, Optional<String> identifier)
      implements FaceCommand<FaceAnswer.Enrolled> {
    /** Copies the list. */
    public EnrolFeatures {
      templates = List.copyOf(templates);
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
   * @param userIdentifier the {@code metadata.id} of the only person to compare with
   * @param limit the maximum number of people, 1..10
   */
  record PredictFeatures(
      CallContext call,
      ModelVersion version,
      List<Template> probes,
      Optional<String> userIdentifier,
      int limit)
      implements FaceCommand<FaceAnswer.Recognised> {
    /** Copies the list. */
    public PredictFeatures {
      probes = List.copyOf(probes);
    }
  }

  /**
   * Removes a person from a version's gallery, and the identifier's binding to it.
   *
   * <p>Faults: SubjectNotFound, DuplicateRequest.
   */
  record DeletePerson(CallContext call, ModelVersion version, PersonId puid)
      implements FaceCommand<FaceAnswer.Forgotten> {}
}
