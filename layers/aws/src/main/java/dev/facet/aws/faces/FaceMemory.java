package dev.facet.aws.faces;

/**
 * The division of the face function's memory. The image's entry point and its JVM options apply the
 * two shares; the rest is for networks and photos.
 */
public final class FaceMemory {

  /** The heap's share, in percent. */
  public static final int HEAP_PERCENT = 25;

  /** The share in percent of everything off the heap that Java allocates: mostly galleries. */
  public static final int GALLERIES_PERCENT = 20;

  /** The part in percent that stays free at the peak. */
  public static final int FREE_PERCENT = 10;

  /** In MiB, the JVM itself, the default networks, and the largest photo while it is decoded. */
  private static final int PHOTO = 1_070;

  /** In MiB, room for larger or further networks. */
  private static final int NETWORKS = 250;

  /** The least memory in MiB in which all of this fits. */
  public static final int MIN_MEBIBYTES =
      Math.ceilDiv(100 * (PHOTO + NETWORKS), 100 - HEAP_PERCENT - GALLERIES_PERCENT - FREE_PERCENT);

  private FaceMemory() {}
}
