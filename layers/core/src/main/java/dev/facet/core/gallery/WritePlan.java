package dev.facet.core.gallery;

/**
 * Decides on a write for the current state of the gallery. If other writes come first the plan is
 * called again, so each call decides from scratch and must be free of side effects.
 */
@FunctionalInterface
public interface WritePlan {

  /**
   * Returns the write for this state of the gallery. The view includes the writes planned before in
   * the same commit.
   *
   * @throws dev.facet.core.faults.CallerFault if no write is possible
   */
  Write at(GalleryView view);
}
