package dev.facet.infra;

import java.util.List;

/**
 * The published model bundles. A deployment serves the default one alone, or those that it lists. A
 * list contains each of them unless it says that it drops one: the templates of a missing bundle
 * can't be compared with a new face, so the galleries that were made with it can't be used.
 */
final class PublishedBundles {

  /** The ids, oldest first. A release adds its bundle here; an id is never removed. */
  static final List<String> IDS = List.of("faceplugin-512-v1", "sface-128-v1");

  /** The bundle with which new galleries are made, unless a deployment names its bundles. */
  static final String DEFAULT = IDS.getLast();

  private PublishedBundles() {}

  /**
   * Returns the bundles of a deployment, first that of new galleries: the given ones, or {@link
   * #DEFAULT} alone.
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
    List<String> alone = List.of(DEFAULT);
    if (bundles.isEmpty() || bundles.equals(alone)) {
      return alone;
    }
    for (String id : IDS) {
      if (!bundles.contains(id) && !dropped.contains(id)) {
        throw new IllegalArgumentException(
            ("bundles must contain %1$s, which was published before: without it, the galleries that"
                    + " were made with it can't be used. Add it, or give its galleries up with"
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
