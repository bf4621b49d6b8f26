package dev.facet.infra;

import java.util.List;

/**
 * The model bundles of all released versions. A deployment contains each of them unless it says
 * that it drops one: the templates of a missing bundle can't be compared with a new face, so every
 * subject of its galleries would be unknown from then on.
 */
final class PublishedBundles {

  /** The ids, oldest first. A release adds its bundle here; an id is never removed. */
  static final List<String> IDS = List.of("faceplugin-512-v1");

  private PublishedBundles() {}

  /**
   * Returns the bundles of a deployment: the given ones, or all that were published.
   *
   * @param bundles the ids; none for the default
   * @param dropped the ids whose absence is intended
   * @throws IllegalArgumentException if a published bundle is neither among them nor dropped
   */
  static List<String> checked(List<String> bundles, List<String> dropped) {
    for (String id : dropped) {
      if (!IDS.contains(id) || bundles.isEmpty() || bundles.contains(id)) {
        throw new IllegalArgumentException(
            "dropBundle names a published bundle (%s) that bundles leaves out; it is %s"
                .formatted(String.join(", ", IDS), id));
      }
    }
    if (bundles.isEmpty()) {
      return IDS;
    }
    for (String id : IDS) {
      if (!bundles.contains(id) && !dropped.contains(id)) {
        throw new IllegalArgumentException(
            ("bundles must contain %1$s, which was published before: without it, every subject of"
                    + " its galleries is unknown. Add it, or give its galleries up with"
                    + " -c dropBundle=%1$s")
                .formatted(id));
      }
    }
    for (String id : bundles) {
      if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
        throw new IllegalArgumentException("bundles has an id that can't be one: " + id);
      }
    }
    return bundles;
  }
}
