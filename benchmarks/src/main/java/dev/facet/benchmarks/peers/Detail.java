package dev.facet.benchmarks.peers;

/** The extent of an extraction. */
public enum Detail {
  /** Decode, detect, landmarks, align, template. */
  BARE,
  /** The same, with pose, quality and all attributes. */
  FULL
}
