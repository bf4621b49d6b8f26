package dev.facet.core.faces;

import dev.facet.core.bundle.ScoreMap;
import dev.facet.core.faces.ImageGalleries.ImageGallery;
import dev.facet.core.faults.CallerFault.SubjectNotFound;
import dev.facet.core.gallery.Galleries;
import dev.facet.core.gallery.Match;
import dev.facet.core.gallery.Subject;
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

  private final ImageGalleries spaces;
  private final Galleries galleries;
  private final ImageIdentities enrolment;
  private final EmbeddingIdentities people;
  private final InstantSource clock;

  /**
   * @param bundles the model bundles of the deployment
   * @param galleries stores and searches templates
   * @param images stores originals
   * @param ids generates the ids of new subjects
   * @param people carries out the commands on embeddings that clients supply
   * @param results encodes and decodes the answers that operation records keep
   * @param clock for timestamps and deadlines
   */
  public LocalFaceService(
      ImageBundles bundles,
      Galleries galleries,
      ImageKeeper images,
      SubjectIds ids,
      EmbeddingIdentities people,
      ResultCodec results,
      InstantSource clock) {
    this.spaces = new ImageGalleries(bundles, galleries.store(), clock);
    this.galleries = galleries;
    this.enrolment = new ImageIdentities(spaces, galleries, images, ids, results, clock);
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
    FaceExtractor extractor = spaces.bundle(spaces.of(command.call())).extractor();
    return new FaceAnswer.Extracted(
        command.quality()
            ? extractor.describeWithComponents(image, MAX_FACES, deadline(command))
            : extractor.describe(image, MAX_FACES, deadline(command)));
  }

  /**
   * Searches the gallery as read after the extraction, so that a subject deleted meanwhile is not
   * found.
   */
  private FaceAnswer.Found search(FaceCommand.Search command) {
    CallContext call = command.call();
    byte[] image = Base64Image.decode("probe", command.probe());
    ImageGallery gallery = spaces.of(call);
    ImageBundle bundle = spaces.bundle(gallery);
    ExtractedFace face = bundle.extractor().single(image, deadline(command));
    ExtractedFace probe = QualityFloor.check(face, call);
    double atLeast = bundle.scores().minSimilarity(command.threshold());
    List<FaceAnswer.Candidate> candidates =
        galleries
            .open(gallery.id())
            .current(call.deadline())
            .search(probe.template(), bundle.weighing(), atLeast, command.limit())
            .stream()
            .map(match -> candidate(match, bundle.scores()))
            .toList();
    return new FaceAnswer.Found(candidates, probe.attributes());
  }

  private static FaceAnswer.Candidate candidate(Match match, ScoreMap scores) {
    return new FaceAnswer.Candidate(match.subject(), scores.score(match.similarity()));
  }

  /** Compares with the subject's record, so the gallery does not have to be loaded. */
  private FaceAnswer.Verified verify(FaceCommand.Verify command) {
    CallContext call = command.call();
    ImageGallery gallery = spaces.of(call);
    Subject record =
        galleries
            .store()
            .subject(gallery.id(), command.subject(), call.deadline())
            .orElseThrow(SubjectNotFound::new);
    byte[] image = Base64Image.decode("probe", command.probe());
    ImageBundle bundle = spaces.bundle(gallery);
    ExtractedFace face = bundle.extractor().single(image, deadline(command));
    ExtractedFace probe = QualityFloor.check(face, call);
    if (record.excluded()) {
      return new FaceAnswer.Verified(command.subject(), FaceAnswer.Verified.NO_MATCH);
    }
    OptionalDouble similarity = galleries.similarity(record, probe.template(), bundle.weighing());
    return new FaceAnswer.Verified(
        command.subject(), bundle.scores().score(similarity.orElseThrow(SubjectNotFound::new)));
  }

  private Deadline deadline(FaceCommand<?> command) {
    return new Deadline(command.call().deadline(), clock);
  }
}
