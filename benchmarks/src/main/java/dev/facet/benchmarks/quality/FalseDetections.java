package dev.facet.benchmarks.quality;

import dev.facet.core.faces.ExtractedFace;
import dev.facet.core.faces.FaceExtractor;
import dev.facet.core.faults.CallerFault;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The faces that an extractor finds on pictures without any.
 *
 * @param detected the number of faces found
 * @param enrolled the names of the pictures that would be enrolled
 */
record FalseDetections(int detected, List<String> enrolled) {

  private static final int MAX_FACES = 20;

  /** The result of one picture. */
  private record Result(int detected, List<String> enrolled) {}

  FalseDetections {
    enrolled = List.copyOf(enrolled);
  }

  /** Searches all pictures. */
  static FalseDetections of(
      List<FacelessPictures.Picture> pictures, FaceExtractor extractor, double floor) {
    List<Result> results =
        pictures.parallelStream().map(picture -> result(picture, extractor, floor)).toList();
    return new FalseDetections(
        results.stream().mapToInt(Result::detected).sum(),
        results.stream().flatMap(result -> result.enrolled().stream()).toList());
  }

  /** Returns the number of enrolments with the pictures' names. */
  String enrolments() {
    return enrolled.isEmpty()
        ? "0"
        : enrolled.size() + ": " + enrolled.stream().collect(Collectors.joining(", "));
  }

  private static Result result(
      FacelessPictures.Picture picture, FaceExtractor extractor, double floor) {
    List<String> enrolled = new ArrayList<>();
    try {
      ExtractedFace face = extractor.single(picture.image());
      if (face.measurable() && face.attributes().quality() >= floor) {
        enrolled.add(picture.name());
      }
    } catch (CallerFault e) {
      // as it should be
    }
    return new Result(detected(picture, extractor), enrolled);
  }

  private static int detected(FacelessPictures.Picture picture, FaceExtractor extractor) {
    try {
      return extractor.describe(picture.image(), MAX_FACES).size();
    } catch (CallerFault e) {
      return 0;
    }
  }
}
