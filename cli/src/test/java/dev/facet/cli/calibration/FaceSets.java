package dev.facet.cli.calibration;

import dev.facet.cli.calibration.DegradedFaces.Condition;
import dev.facet.cli.calibration.DegradedFaces.Face;
import dev.facet.cli.calibration.degradation.Degradation;
import dev.facet.cli.calibration.degradation.Degradations;
import dev.facet.core.gallery.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Made-up faces: clean ones of well-separated people, and degraded ones that fall together. */
final class FaceSets {

  static final int DIMENSION = 64;
  static final double CLEAN_NORM = 13;
  static final double CORNER_NORM = 8;

  private final RandomGenerator random = Populations.random(7);
  private final float[] corner = vector();
  private final int people;
  private final int photos;
  private final List<float[]> directions;
  private final List<Condition> conditions = new ArrayList<>();

  FaceSets(int people, int photos) {
    this.people = people;
    this.photos = photos;
    this.directions = IntStream.range(0, people).mapToObj(_ -> vector()).toList();
    conditions.add(new Condition(Optional.empty(), faces(0, CLEAN_NORM, 0.8)));
  }

  /** Adds a kind whose faces fall into one corner of the space, with a low norm. */
  FaceSets corner(String name) {
    return add(name, faces(1, CORNER_NORM, 0.8));
  }

  /** Adds a kind that is sharp in one direction only, with the norm of clean faces. */
  FaceSets smeared(String name) {
    return add(name, faces(1, CLEAN_NORM, 0.2));
  }

  /**
   * Adds a kind whose faces grow somewhat more alike, with the norm and sharpness of clean ones.
   */
  FaceSets covered(String name) {
    return add(name, faces(0.27, CLEAN_NORM, 0.8));
  }

  /** Adds a kind that changes next to nothing. */
  FaceSets harmless(String name) {
    return add(name, faces(0.2, 12, 0.75));
  }

  /** Adds a kind of which no face is found. */
  FaceSets invisible(String name) {
    return add(
        name, IntStream.range(0, people * photos).mapToObj(_ -> Optional.<Face>empty()).toList());
  }

  DegradedFaces faces() {
    return new DegradedFaces(
        IntStream.range(0, people).mapToObj(i -> "person " + i).toList(),
        IntStream.range(0, people * photos).mapToObj(i -> i / photos).toList(),
        conditions);
  }

  private FaceSets add(String name, List<Optional<Face>> faces) {
    Degradation degradation =
        Degradations.all().stream().filter(each -> each.name().equals(name)).findFirst().get();
    conditions.add(new Condition(Optional.of(degradation), faces));
    return this;
  }

  private List<Optional<Face>> faces(double share, double norm, double sharpness) {
    List<Optional<Face>> faces = new ArrayList<>();
    for (int person = 0; person < people; person++) {
      for (int photo = 0; photo < photos; photo++) {
        float[] noise = vector();
        float[] sum = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
          sum[i] =
              (float)
                  ((1 - share) * directions.get(person)[i] + share * corner[i] + 0.3 * noise[i]);
        }
        float[] unit = Template.normalised("face", sum).vector();
        double own = norm * (1 + 0.02 * random.nextGaussian());
        faces.add(
            Optional.of(
                new Face(new Template("face", unit, (float) own), sharpness, own / 20, own > 10)));
      }
    }
    return faces;
  }

  private float[] vector() {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }
}
