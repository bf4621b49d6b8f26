package dev.facet.core.gallery;

/**
 * Decides on a write for the current state of the gallery. If other writes come first the plan is
 * called again, so each call decides from scratch and must be free of side effects.
 */
public sealed interface WritePlan {

  /** A plan that searches the gallery, which therefore has to be in memory. */
  @FunctionalInterface
  non-sealed interface Seeing extends WritePlan {

    /**
     * Returns the write for this state of the gallery. The view includes the writes planned before
     * in the same commit.
     *
     * @throws dev.facet.core.faults.CallerFault if no write is possible
     */
    Write at(GalleryView view);
  }

  /**
   * A plan that depends on stored records alone. It works on a gallery that can't be loaded: one
   * that is too large, or has a damaged log.
   */
  @FunctionalInterface
  non-sealed interface Blind extends WritePlan {

    /**
     * Returns the write for the records that the store holds now. Effects name the records that
     * they replace or remove, as read in this call.
     *
     * @throws dev.facet.core.faults.CallerFault if no write is possible
     */
    Write now();
  }
}
