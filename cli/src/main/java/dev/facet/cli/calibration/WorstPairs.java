package dev.facet.cli.calibration;

import dev.facet.cli.calibration.PhotoSubject.Photo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The false matches and false non-matches at a threshold, worst first. They often show a photo in
 * the wrong folder or one person in two folders, not an error of the model.
 *
 * @param falseMatches impostor pairs at or above the threshold
 * @param falseNonMatches genuine pairs below it
 */
record WorstPairs(List<Pair> falseMatches, List<Pair> falseNonMatches) {

  WorstPairs {
    falseMatches = List.copyOf(falseMatches);
    falseNonMatches = List.copyOf(falseNonMatches);
  }

  /** Two photos, by name, and their cosine similarity. */
  record Pair(String one, String other, double similarity) {}

  /** Finds at most {@code limit} pairs of each kind. */
  static WorstPairs at(double threshold, List<PhotoSubject> people, int limit) {
    List<Pair> matches = new ArrayList<>();
    List<Pair> nonMatches = new ArrayList<>();
    for (int i = 0; i < people.size(); i++) {
      List<Photo> photos = people.get(i).photos();
      for (int k = 0; k < photos.size(); k++) {
        Photo photo = photos.get(k);
        photos.subList(k + 1, photos.size()).stream()
            .map(other -> pair(photo, other))
            .filter(pair -> pair.similarity < threshold)
            .forEach(nonMatches::add);
        people.subList(i + 1, people.size()).stream()
            .flatMap(other -> other.photos().stream())
            .map(other -> pair(photo, other))
            .filter(pair -> pair.similarity >= threshold)
            .forEach(matches::add);
      }
    }
    Comparator<Pair> bySimilarity = Comparator.comparingDouble(Pair::similarity);
    return new WorstPairs(
        matches.stream().sorted(bySimilarity.reversed()).limit(limit).toList(),
        nonMatches.stream().sorted(bySimilarity).limit(limit).toList());
  }

  private static Pair pair(Photo one, Photo other) {
    return new Pair(one.name(), other.name(), one.similarity(other));
  }
}
