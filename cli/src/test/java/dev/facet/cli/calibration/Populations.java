package dev.facet.cli.calibration;

import dev.facet.cli.calibration.PhotoSubject.Photo;
import dev.facet.core.gallery.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Made-up populations whose error rates are known. */
final class Populations {

  /** How alike two people are, over all pairs of people. */
  static final double BETWEEN = 0.09;

  /** How much photos of the same two people vary. */
  static final double WITHIN = 0.07;

  /** The impostor distribution that {@link #impostors} draws from. */
  static final ImpostorTail TRUTH = new ImpostorTail(0.02, Math.hypot(BETWEEN, WITHIN));

  private Populations() {}

  static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /**
   * Comparisons that depend on each other as real ones do: each two people are more or less alike.
   */
  static PairSet impostors(int people, int photos, RandomGenerator random) {
    List<PairGroup> genuine = new ArrayList<>();
    List<PairGroup> impostor = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      genuine.add(group(i, i, photos * (photos - 1) / 2, 0.8, random));
      for (int j = i + 1; j < people; j++) {
        double alike = TRUTH.mean() + BETWEEN * random.nextGaussian();
        impostor.add(group(i, j, photos * photos, alike, random));
      }
    }
    List<String> names = IntStream.range(0, people).mapToObj(i -> "person " + i).toList();
    return new PairSet(names, genuine, impostor);
  }

  /** People whose templates scatter around a direction of their own. */
  static List<PhotoSubject> people(int people, int photos, RandomGenerator random) {
    return IntStream.range(0, people).mapToObj(i -> person("person-" + i, photos, random)).toList();
  }

  private static PhotoSubject person(String name, int photos, RandomGenerator random) {
    double[] self = DoubleStream.generate(random::nextGaussian).limit(64).toArray();
    return new PhotoSubject(
        name,
        IntStream.range(0, photos)
            .mapToObj(i -> new Photo(name + "/" + i + ".jpg", near(self, random)))
            .toList());
  }

  private static Template near(double[] self, RandomGenerator random) {
    float[] vector = new float[self.length];
    for (int i = 0; i < self.length; i++) {
      vector[i] = (float) (self[i] + 0.6 * random.nextGaussian());
    }
    return Template.normalised("face", vector);
  }

  private static PairGroup group(
      int first, int second, int size, double mean, RandomGenerator random) {
    return new PairGroup(
        first,
        second,
        DoubleStream.generate(() -> Math.tanh(mean + WITHIN * random.nextGaussian()))
            .limit(size)
            .toArray());
  }
}
