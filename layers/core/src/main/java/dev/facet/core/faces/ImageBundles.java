package dev.facet.core.faces;

import dev.facet.core.faults.BundleUnavailable;
import java.util.Set;

/**
 * The model bundles of a deployment. Each is loaded when it is first needed. Safe for concurrent
 * use.
 */
public interface ImageBundles {

  /** Returns the id of the bundle with which new image galleries are made. */
  String defaultId();

  /** Returns the ids of all bundles. */
  Set<String> ids();

  /**
   * Returns a bundle, and loads it if it is needed for the first time.
   *
   * @throws BundleUnavailable if the deployment does not have it
   */
  ImageBundle get(String id);

  /** Returns the only bundle of a deployment. */
  static ImageBundles of(ImageBundle only) {
    return new ImageBundles() {
      @Override
      public String defaultId() {
        return only.id();
      }

      @Override
      public Set<String> ids() {
        return Set.of(only.id());
      }

      @Override
      public ImageBundle get(String id) {
        if (!id.equals(only.id())) {
          throw BundleUnavailable.of(id);
        }
        return only;
      }
    };
  }
}
