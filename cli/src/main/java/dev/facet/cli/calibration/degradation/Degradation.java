package dev.facet.cli.calibration.degradation;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.CRC32;

/** A way to spoil a photo at one strength. Safe for concurrent use. */
public final class Degradation {

  /** The use of a kind of degradation. */
  public enum Purpose {
    /** Limits and curves are fitted to it. */
    FITTING,
    /** Only the check of a fit uses it; it stands for unforeseen kinds. */
    VALIDATION
  }

  private static final RandomGeneratorFactory<RandomGenerator> RANDOM =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private final String kind;
  private final String strength;
  private final Purpose purpose;
  private final boolean mild;
  private final Effect effect;

  Degradation(String kind, String strength, Purpose purpose, boolean mild, Effect effect) {
    this.kind = kind;
    this.strength = strength;
    this.purpose = purpose;
    this.mild = mild;
    this.effect = effect;
  }

  /** Returns the name of its kind, such as {@code motion blur}. */
  public String kind() {
    return kind;
  }

  /** Returns its strength with the unit; unique within its kind. */
  public String strength() {
    return strength;
  }

  /** Returns kind and strength. */
  public String name() {
    return strength.isEmpty() ? kind : kind + " " + strength;
  }

  /** Returns the use of its kind. */
  public Purpose purpose() {
    return purpose;
  }

  /** Returns whether photos like these must go on being accepted for the most part. */
  public boolean mild() {
    return mild;
  }

  /**
   * Returns the spoilt photo as an image file. The same photo, by content and name, gives the same
   * bytes.
   */
  public byte[] apply(FacePhoto photo) {
    return effect.apply(photo.picture(), photo.face(), random(photo)).bmp();
  }

  private RandomGenerator random(FacePhoto photo) {
    CRC32 seed = new CRC32();
    seed.update((name() + "\n" + photo.name()).getBytes(StandardCharsets.UTF_8));
    return RANDOM.create(seed.getValue());
  }

  @Override
  public String toString() {
    return name();
  }
}
