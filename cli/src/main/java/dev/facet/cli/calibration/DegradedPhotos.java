package dev.facet.cli.calibration;

import dev.facet.cli.calibration.DegradedFaces.Condition;
import dev.facet.cli.calibration.DegradedFaces.Face;
import dev.facet.cli.calibration.degradation.Degradation;
import dev.facet.cli.calibration.degradation.FacePhoto;
import dev.facet.core.faces.ExtractedFace;
import dev.facet.core.faces.FaceExtractor;
import dev.facet.core.faults.CallerFault;
import dev.facet.vision.images.ImageDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Clean photos of people, each with one face at a known place, to be degraded. */
public final class DegradedPhotos {

  /** Photos of a person that are degraded: 15 genuine pairs, in every condition. */
  public static final int PER_PERSON = 6;

  private static final long MAX_PIXELS = 50_000_000;
  private static final int PROGRESS_EVERY = 10;

  private final List<String> people;
  private final List<Integer> owners;
  private final List<FacePhoto> photos;
  private final int skipped;

  private DegradedPhotos(
      List<String> people, List<Integer> owners, List<FacePhoto> photos, int skipped) {
    this.people = people;
    this.owners = owners;
    this.photos = photos;
    this.skipped = skipped;
  }

  /**
   * Finds the face of each photo.
   *
   * @param reference finds the faces; photos in which it finds none, or several, are left out
   */
  public static DegradedPhotos of(List<LabelledPhoto> labelled, FaceExtractor reference) {
    List<Optional<FacePhoto>> found =
        labelled.parallelStream().map(photo -> located(photo, reference)).toList();
    List<String> people = new ArrayList<>();
    List<Integer> owners = new ArrayList<>();
    List<FacePhoto> photos = new ArrayList<>();
    for (int i = 0; i < labelled.size(); i++) {
      String person = labelled.get(i).person();
      if (found.get(i).isPresent()) {
        if (!people.contains(person)) {
          people.add(person);
        }
        owners.add(people.indexOf(person));
        photos.add(found.get(i).get());
      }
    }
    return new DegradedPhotos(people, owners, photos, labelled.size() - photos.size());
  }

  private static Optional<FacePhoto> located(LabelledPhoto photo, FaceExtractor reference) {
    try {
      return Optional.of(
          FacePhoto.decode(
              photo.name(),
              photo.image(),
              reference.single(photo.image()).attributes(),
              new ImageDecoder(MAX_PIXELS)));
    } catch (CallerFault e) {
      return Optional.empty();
    }
  }

  /** Returns the number of usable photos. */
  public int size() {
    return photos.size();
  }

  /** Returns the number of people with a usable photo. */
  public int people() {
    return people.size();
  }

  /** Returns the number of photos without a usable face. */
  public int skipped() {
    return skipped;
  }

  /**
   * Extracts the faces of the clean photos and of their degraded copies.
   *
   * @param progress receives progress messages
   */
  public DegradedFaces extract(
      FaceExtractor extractor, List<Degradation> degradations, Consumer<String> progress) {
    AtomicInteger done = new AtomicInteger();
    List<List<Optional<Face>>> byPhoto =
        photos.parallelStream()
            .map(
                photo -> {
                  List<Optional<Face>> faces = conditions(photo, extractor, degradations);
                  report(done.incrementAndGet(), progress);
                  return faces;
                })
            .toList();
    return new DegradedFaces(
        people,
        owners,
        IntStream.rangeClosed(0, degradations.size())
            .mapToObj(
                condition ->
                    new Condition(
                        condition == 0
                            ? Optional.empty()
                            : Optional.of(degradations.get(condition - 1)),
                        byPhoto.stream().map(faces -> faces.get(condition)).toList()))
            .toList());
  }

  private static List<Optional<Face>> conditions(
      FacePhoto photo, FaceExtractor extractor, List<Degradation> degradations) {
    List<Optional<Face>> faces = new ArrayList<>();
    faces.add(face(photo.bytes(), extractor));
    degradations.forEach(each -> faces.add(face(each.apply(photo), extractor)));
    return faces;
  }

  private static Optional<Face> face(byte[] image, FaceExtractor extractor) {
    try {
      ExtractedFace face = extractor.single(image);
      return Optional.of(
          new Face(
              face.template(),
              face.directionalSharpness(),
              face.attributes().quality(),
              face.measurable()));
    } catch (CallerFault e) {
      return Optional.empty();
    }
  }

  private void report(int done, Consumer<String> progress) {
    if (done % PROGRESS_EVERY == 0 || done == photos.size()) {
      progress.accept("%s of %s photos".formatted(done, photos.size()));
    }
  }
}
