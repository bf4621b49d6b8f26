package dev.facet.core.faces;

import dev.facet.core.bundle.ScoreMap;
import dev.facet.core.faces.FaceAnswer.BatchResult;
import dev.facet.core.faults.CallerFault.SubjectNotFound;
import dev.facet.core.faults.Fault;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.gallery.Galleries;
import dev.facet.core.gallery.Gallery;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.GalleryView;
import dev.facet.core.gallery.Match;
import dev.facet.core.images.ImageKeeper;
import dev.facet.core.subjects.SubjectIds;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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

  /**
   * @param extractor detects and describes faces
   * @param scores maps the similarities of the extractor's bundle to scores
   * @param galleries stores and searches templates
   * @param images stores originals
   * @param ids generates the ids of new subjects
   * @param people carries out the commands on embeddings that clients supply
   * @param results encodes and decodes the answers that operation records keep
   * @param clock for timestamps
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
          case FaceCommand.EnrolBatch batch -> enrolAll(batch);
          case FaceCommand.PredictFeatures predict -> people.predict(predict);
          case FaceCommand.DeletePerson delete -> people.delete(delete);
        };
    return command.resultType().cast(answer);
  }

  /** Enrols in parallel, so that the commits of one gallery are shared. */
  private FaceAnswer.EnrolledBatch enrolAll(FaceCommand.EnrolBatch batch) {
    List<Future<BatchResult>> results;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      results = batch.items().stream().map(item -> threads.submit(() -> result(item))).toList();
    }
    return new FaceAnswer.EnrolledBatch(results.stream().map(Future::resultNow).toList());
  }

  private BatchResult result(FaceCommand.EnrolFeatures item) {
    try {
      return new BatchResult.Done(people.enrol(item));
    } catch (Fault fault) {
      return new BatchResult.Failed(fault);
    } catch (RuntimeException defect) {
      return new BatchResult.Failed(new InternalFault("An enrolment of a batch failed.", defect));
    }
  }

  private FaceAnswer.Extracted extract(FaceCommand.Extract command) {
    byte[] image = Base64Image.decode("faces", command.faces());
    return new FaceAnswer.Extracted(extractor.describe(image, MAX_FACES));
  }

  /**
   * Searches the gallery as read after the extraction, so that a subject deleted meanwhile is not
   * found.
   */
  private FaceAnswer.Found search(FaceCommand.Search command) {
    byte[] image = Base64Image.decode("probe", command.probe());
    ExtractedFace probe = QualityFloor.check(extractor.single(image), command.call());
    double atLeast = scores.minSimilarity(command.threshold());
    List<Match> matches =
        current(command.call()).search(probe.template(), atLeast, command.limit());
    return new FaceAnswer.Found(matches.stream().map(this::candidate).toList(), probe.attributes());
  }

  private FaceAnswer.Candidate candidate(Match match) {
    return new FaceAnswer.Candidate(match.subject(), scores.score(match.similarity()));
  }

  private FaceAnswer.Verified verify(FaceCommand.Verify command) {
    if (current(command.call()).templates(command.subject()) == 0) {
      throw new SubjectNotFound();
    }
    byte[] image = Base64Image.decode("probe", command.probe());
    ExtractedFace probe = QualityFloor.check(extractor.single(image), command.call());
    OptionalDouble similarity =
        current(command.call()).similarity(command.subject(), probe.template());
    return new FaceAnswer.Verified(
        command.subject(), scores.score(similarity.orElseThrow(SubjectNotFound::new)));
  }

  private GalleryView current(CallContext call) {
    Gallery gallery =
        galleries.open(GalleryId.ofImages(call.application().id(), extractor.bundleId()));
    return gallery.current(call.deadline());
  }
}
