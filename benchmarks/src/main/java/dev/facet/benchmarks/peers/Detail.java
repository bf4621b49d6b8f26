package dev.facet.benchmarks.peers;

/** How much is asked of an extraction. */
public enum Detail {
  /** Decode, detect, landmarks, align, template. */
  BARE,
  /** Pose, quality and all attributes too. */
  FULL
}
