package dev.facet.benchmarks.extraction;

import dev.facet.benchmarks.measure.Samples;
import dev.facet.benchmarks.peers.ExtractionResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The verification accuracy of templates over every pair of photos, with the largest face of each
 * photo. Each folder is a person.
 *
 * @param genuine similarities of genuine pairs
 * @param impostors similarities of impostor pairs
 * @param withoutFace the number of photos without a detected face
 */
record Recognition(Samples genuine, Samples impostors, int withoutFace) {

  static Recognition of(List<Path> photos, List<ExtractionResult> seen) {
    List<Portrait> portraits =
        IntStream.range(0, photos.size())
            .boxed()
            .flatMap(i -> Portrait.of(photos.get(i), seen.get(i)).stream())
            .toList();
    List<Double> genuine = new ArrayList<>();
    List<Double> impostors = new ArrayList<>();
    for (int a = 0; a < portraits.size(); a++) {
      for (Portrait other : portraits.subList(a + 1, portraits.size())) {
        Portrait one = portraits.get(a);
        (one.person().equals(other.person()) ? genuine : impostors).add(one.similarity(other));
      }
    }
    return new Recognition(
        Samples.of(genuine, Double::doubleValue),
        Samples.of(impostors, Double::doubleValue),
        photos.size() - portraits.size());
  }

  /** Returns the true accept rate at the threshold with this false accept rate. */
  double trueAccepts(double falseAccepts) {
    return genuine.shareAbove(impostors.quantile(1 - falseAccepts));
  }

  private record Portrait(String person, List<Float> template) {

    static Optional<Portrait> of(Path photo, ExtractionResult seen) {
      String person = String.valueOf(photo.getParent());
      return seen.largest().map(face -> new Portrait(person, face.template()));
    }

    /**
     * Returns the negative Euclidean distance: the 128-d space is trained for it, and for unit
     * vectors it orders pairs as their cosines do.
     */
    double similarity(Portrait other) {
      double squares = 0;
      for (int i = 0; i < template.size(); i++) {
        double difference = template.get(i) - other.template.get(i);
        squares += difference * difference;
      }
      return -Math.sqrt(squares);
    }
  }
}
