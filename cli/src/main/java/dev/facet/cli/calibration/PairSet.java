package dev.facet.cli.calibration;

import dev.facet.cli.calibration.PhotoSubject.Photo;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;

/**
 * The comparisons of every photo with every other. A genuine pair shows one person, an impostor
 * pair two.
 *
 * @param people the people's names
 * @param genuine one group for each person with at least two photos
 * @param impostor one group for each pair of people
 */
record PairSet(List<String> people, List<PairGroup> genuine, List<PairGroup> impostor) {

  PairSet {
    people = List.copyOf(people);
    genuine = List.copyOf(genuine);
    impostor = List.copyOf(impostor);
  }

  /** Compares all photos; excludes people without photos. */
  static PairSet among(List<PhotoSubject> people) {
    List<PhotoSubject> seen = people.stream().filter(person -> !person.photos().isEmpty()).toList();
    List<PairGroup> genuine = new ArrayList<>();
    List<PairGroup> impostor = new ArrayList<>();
    for (int i = 0; i < seen.size(); i++) {
      List<Photo> photos = seen.get(i).photos();
      if (photos.size() > 1) {
        genuine.add(new PairGroup(i, i, within(photos)));
      }
      for (int j = i + 1; j < seen.size(); j++) {
        impostor.add(new PairGroup(i, j, across(photos, seen.get(j).photos())));
      }
    }
    return new PairSet(seen.stream().map(PhotoSubject::name).toList(), genuine, impostor);
  }

  /** Returns only the comparisons in which both sides are among these people. */
  PairSet only(Set<Integer> chosen) {
    return new PairSet(
        people,
        genuine.stream().filter(group -> chosen.contains(group.first)).toList(),
        impostor.stream()
            .filter(group -> chosen.contains(group.first) && chosen.contains(group.second))
            .toList());
  }

  /** Returns the similarities of some groups, in no particular order. */
  static double[] similarities(List<PairGroup> groups) {
    return groups.stream()
        .flatMapToDouble(group -> DoubleStream.of(group.similarities()))
        .toArray();
  }

  /** Returns the number of comparisons in some groups. */
  static int size(List<PairGroup> groups) {
    return Math.toIntExact(groups.stream().mapToLong(PairGroup::size).sum());
  }

  /** Returns the number of comparisons in some groups that reach a similarity. */
  static int atLeast(List<PairGroup> groups, double similarity) {
    return Math.toIntExact(groups.stream().mapToLong(group -> group.atLeast(similarity)).sum());
  }

  private static double[] within(List<Photo> photos) {
    DoubleStream.Builder similarities = DoubleStream.builder();
    for (int i = 0; i < photos.size(); i++) {
      for (int j = i + 1; j < photos.size(); j++) {
        similarities.add(photos.get(i).similarity(photos.get(j)));
      }
    }
    return similarities.build().toArray();
  }

  private static double[] across(List<Photo> some, List<Photo> others) {
    return some.stream()
        .flatMapToDouble(one -> others.stream().mapToDouble(one::similarity))
        .toArray();
  }
}
