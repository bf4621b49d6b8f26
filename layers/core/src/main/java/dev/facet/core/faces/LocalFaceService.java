package dev.facet.core.faces;

import dev.facet.core.bundle.ScoreMap;
import dev.facet.core.faults.CallerFault.SubjectNotFound;
import dev.facet.core.gallery.Galleries;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.GalleryView;
import dev.facet.core.gallery.Match;
import dev.facet.core.gallery.Subject;
import dev.facet.core.gallery.Weighing;
import dev.facet.core.images.ImageKeeper;
import dev.facet.core.retry.Deadline;
import dev.facet.core.subjects.SubjectIds;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The {@link FaceService} that does the work: it runs extraction and galleries in one process. Safe
 * for concurrent use.
 */
public final class LocalFaceService implements FaceService {

  private static final int MAX_FACES = 20;

  private final FaceExtractor extractor;
  private final ScoreMap scores;
  private final Galleries galleries;
  private final ImageIdentities enrolment;
  private final EmbeddingIdentities people;
  private final InstantSource clock;

  /**
   * @param extractor detects and describes faces
   * @param scores maps the similarities of the extractor's bundle to scores
   * @param galleries stores and searches templates
   * @param images stores originals
   * @param ids generates the ids of new subjects
   * @param people carries out the commands on embeddings that clients supply
   * @param results encodes and decodes the answers that operation records keep
   * @param clock for timestamps and deadlines
   */
  public LocalFaceService(
      FaceExtractor extractor,
      ScoreMap scores,
      Galleries galleries,
      ImageKeeper images,
      SubjectIds ids,
      EmbeddingIdentities people,
      ResultCodec results,
      InstantSource clock) {
    this.extractor = extractor;
    this.scores = scores;
    this.galleries = galleries;
    this.enrolment = new ImageIdentities(extractor, galleries, images, ids, results, clock);
    this.people = people;
    this.clock = clock;
  }

  @Override
  public <A extends FaceAnswer> A execute(FaceCommand<A> command) {
    FaceAnswer answer =
        switch (command) {
          case FaceCommand.Register register -> enrolment.register(register);
          case FaceCommand.Update update -> enrolment.update(update);
          case FaceCommand.Delete delete -> enrolment.delete(delete);
          case FaceCommand.Extract extract -> extract(extract);
          case FaceCommand.Search search -> search(search);
          case FaceCommand.Verify verify -> verify(verify);
          case FaceCommand.EnrolFeatures enrol -> people.enrol(enrol);
          case FaceCommand.EnrolBatch batch -> new FaceAnswer.EnrolledBatch(people.enrol(batch));
          case FaceCommand.PredictFeatures predict -> people.predict(predict);
          case FaceCommand.DeletePerson delete -> people.delete(delete);
        };
    return command.resultType().cast(answer);
  }

  private FaceAnswer.Extracted extract(FaceCommand.Extract command) {
    byte[] image = Base64Image.decode("faces", command.faces());
    return new FaceAnswer.Extracted(extractor.describe(image, MAX_FACES, deadline(command)));
  }

  /**
   * Searches the gallery as read after the extraction, so that a subject deleted meanwhile is not
   * found.
   */
  private FaceAnswer.Found search(FaceCommand.Search command) {
    byte[] image = Base64Image.decode("probe", command.probe());
    ExtractedFace face = extractor.single(image, deadline(command));
    ExtractedFace probe = QualityFloor.check(face, command.call());
    double atLeast = scores.minSimilarity(command.threshold());
    List<Match> matches =
        current(command.call()).search(probe.template(), atLeast, command.limit());
    return new FaceAnswer.Found(matches.stream().map(this::candidate).toList(), probe.attributes());
  }

  private FaceAnswer.Candidate candidate(Match match) {
    return new FaceAnswer.Candidate(match.subject(), scores.score(match.similarity()));
  }

  /** Compares with the subject's record, so the gallery does not have to be loaded. */
  private FaceAnswer.Verified verify(FaceCommand.Verify command) {
    CallContext call = command.call();
    Subject record =
        galleries
            .store()
            .subject(gallery(call), command.subject(), call.deadline())
            .orElseThrow(SubjectNotFound::new);
    byte[] image = Base64Image.decode("probe", command.probe());
    ExtractedFace probe = QualityFloor.check(extractor.single(image, deadline(command)), call);
    OptionalDouble similarity = galleries.similarity(record, probe.template(), Weighing.NONE);
    return new FaceAnswer.Verified(
        command.subject(), scores.score(similarity.orElseThrow(SubjectNotFound::new)));
  }

  private Deadline deadline(FaceCommand<?> command) {
    return new Deadline(command.call().deadline(), clock);
  }

  private GalleryView current(CallContext call) {
    return galleries.open(gallery(call)).current(call.deadline());
  }

  private GalleryId gallery(CallContext call) {
    return GalleryId.ofImages(call.application().id(), extractor.bundleId());
  }
}
