package dev.facet.api;

import static dev.facet.api.TestService.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.faults.CallerFault.DuplicateRequest;
import dev.facet.core.faults.CallerFault.GalleryFull;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.CallerFault.MultipleFaces;
import dev.facet.core.faults.CallerFault.NoFace;
import dev.facet.core.faults.CallerFault.PoorQuality;
import dev.facet.core.faults.CallerFault.SubjectNotFound;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.faults.TransientFault.Kind;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each fault's answer: what clients rely on. */
class ErrorTableTest {

  private static final List<RuntimeException> FAILURES =
      List.of(
          new InvalidRequest("face property must be provided."),
          new GalleryFull(40_000),
          new DuplicateRequest(),
          new NoFace(),
          new PoorQuality("sharpness", 0.31, 0.45),
          PoorQuality.notMeasurable("motion blur"),
          new MultipleFaces(),
          new SubjectNotFound(),
          new TransientFault(Kind.THROTTLED, "table facet is throttled"),
          new TransientFault(Kind.CONFLICT, "other writers won"),
          new TransientFault(Kind.UNAVAILABLE, "10.0.0.1 is away"),
          new TransientFault(Kind.TIMEOUT, "too late"),
          new TransientFault(Kind.NO_CAPACITY, "429"),
          new InternalFault("a stored answer is damaged"),
          new NullPointerException("a defect"));

  private static final String TABLE =
      """
      InvalidRequest 400 {"message":"face property must be provided.","errorCode":1001,"errorType":"InvalidRequest"}
      GalleryFull 400 {"message":"The gallery is full: maxTemplates is 40000.","errorCode":1001,"errorType":"InvalidRequest"}
      DuplicateRequest 409 {"message":"Idempotency-Key was already used with another request.","errorCode":1002,"errorType":"DuplicateRequest"}
      NoFace 400 {"message":"No face was found in the provided image.","errorCode":2001,"errorType":"NoFace"}
      PoorQuality 400 {"message":"Face quality 0.31 is below 0.45: insufficient sharpness.","errorCode":2002,"errorType":"PoorQuality"}
      PoorQuality 400 {"message":"The face is not measurable: motion blur.","errorCode":2002,"errorType":"PoorQuality"}
      MultipleFaces 400 {"message":"More than one prominent face was found in the provided image.","errorCode":2003,"errorType":"MultipleFaces"}
      SubjectNotFound 404 {"message":"Subject with id not found."}
      TransientFault 500 {"message":"The work could not be done in time.","errorCode":1003,"errorType":"Timeout"}
      TransientFault 500 {"message":"The work could not be done in time.","errorCode":1003,"errorType":"Timeout"}
      TransientFault 500 {"message":"The work could not be done in time.","errorCode":1003,"errorType":"Timeout"}
      TransientFault 500 {"message":"The work could not be done in time.","errorCode":1003,"errorType":"Timeout"}
      TransientFault 503 {"message":"The service is busy. Try again.","errorCode":1003,"errorType":"Timeout"}
      InternalFault 500 {"message":"Internal server error","errorCode":1000,"errorType":"InternalError"}
      NullPointerException 500 {"message":"Internal server error","errorCode":1000,"errorType":"InternalError"}
      """;

  @Test
  void each_fault_has_its_answer() {
    assertThat(FAILURES.stream().map(ErrorTableTest::row).collect(Collectors.joining("\n")))
        .isEqualTo(TABLE.strip());
  }

  private static String row(RuntimeException failure) {
    TestService service = new TestService(faces -> FaultyFaces.with(failure));
    TestService.Answer answer = service.invoke(event("update-subject"));
    return failure.getClass().getSimpleName() + " " + answer.status() + " " + answer.text();
  }
}
