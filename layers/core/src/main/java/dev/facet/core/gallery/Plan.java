package dev.facet.core.gallery;

/**
 * Decides on a write, given the gallery as it is now. When other writers come first it is asked
 * again, so it decides anew each time and has no effects of its own.
 */
@FunctionalInterface
public interface Plan {

  /**
   * The write that is right for this state of the gallery. The view includes writes that were
   * planned before it in the same commit.
   *
   * @throws dev.facet.core.faults.CallerFault if there is none
   */
  Write at(GalleryView view);
}
