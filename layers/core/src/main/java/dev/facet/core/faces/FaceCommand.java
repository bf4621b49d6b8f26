package dev.facet.core.faces;

import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.subjects.PersonId;
import dev.facet.core.gallery.Template;
import dev.facet.core.subjects.SubjectId;
import java.util.List;
import java.util.Optional;

/**
 * What can be asked of the {@link FaceService}. Images are base64 text as the caller sent it, a
 * {@code data:image/…;base64,} prefix allowed.
 *
 * @param <A> the answer that the command is met with
 */
public sealed interface FaceCommand<A extends FaceAnswer> {

  /** On whose behalf, and until when. */
  Call call();

  /**
   * Enrols the one prominent face of an image as a new subject.
   *
   * <p>Faults: InvalidRequest, NoFace, MultipleFaces, PoorQuality, GalleryFull, DuplicateRequest.
   */
  record Register(Call call, String face) implements FaceCommand<FaceAnswer.Registered> {}

  /**
   * Replaces all templates of a subject by that of the one prominent face of an image.
   *
   * <p>Faults: as {@link Register}, and SubjectNotFound (checked first).
   */
  record Update(Call call, SubjectId subject, String face)
      implements FaceCommand<FaceAnswer.Registered> {}

  /**
   * Removes a subject: never returned again, by any instance, once this is answered.
   *
   * <p>Faults: SubjectNotFound, DuplicateRequest.
   */
  record Delete(Call call, SubjectId subject) implements FaceCommand<FaceAnswer.Deleted> {}

  /**
   * Finds up to 20 faces, largest first, and says what is seen of each. Nothing is stored.
   *
   * <p>Faults: InvalidRequest, NoFace.
   */
  record Extract(Call call, String faces) implements FaceCommand<FaceAnswer.Extracted> {}

  /**
   * 1:N: the subjects most similar to the probe's one prominent face.
   *
   * <p>Faults: InvalidRequest, NoFace, MultipleFaces, PoorQuality.
   *
   * @param threshold the least score of a candidate, 0..9999
   * @param limit the most candidates, 1..50
   */
  record Search(Call call, String probe, int threshold, int limit)
      implements FaceCommand<FaceAnswer.Found> {}

  /**
   * 1:1: how similar the probe's one prominent face is to a subject. Whether that suffices is the
   * application's {@code verifyThreshold}.
   *
   * <p>Faults: as {@link Search}, and SubjectNotFound (checked first).
   */
  record Verify(Call call, String probe, SubjectId subject)
      implements FaceCommand<FaceAnswer.Verified> {}

  /**
   * Enrols the person whom embeddings show, unless somebody in the gallery is near enough to be
   * that person: then nothing changes, and the answer names who is there.
   *
   * <p>Faults: InvalidRequest (another dimension than the gallery's, or an identifier that belongs
   * to another face), EnrolmentFailed, GalleryFull, DuplicateRequest.
   *
   * @param version whose gallery
   * @param templates 1..32, one dimension for each factor
   * @param identifier the caller's own name for the person ({@code metadata.id})
   */
  record EnrolFeatures(
      Call call, ModelVersion version, List<Template> templates, Optional<String> identifier)
      implements FaceCommand<FaceAnswer.Enrolled> {
    /** Copies the list. */
    public EnrolFeatures {
      templates = List.copyOf(templates);
    }
  }

  /**
   * Finds the people near embeddings: anyone (1:N), or only whom an identifier names (1:1).
   *
   * <p>Faults: InvalidRequest (another dimension than the gallery's), AuthenticationFailed.
   *
   * @param version whose gallery
   * @param probes 1..32, one dimension for each factor
   * @param userIdentifier the {@code metadata.id} of the only person to compare with
   * @param limit the most people, 1..10
   */
  record PredictFeatures(
      Call call,
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
  record DeletePerson(Call call, ModelVersion version, PersonId puid)
      implements FaceCommand<FaceAnswer.Forgotten> {}
}
