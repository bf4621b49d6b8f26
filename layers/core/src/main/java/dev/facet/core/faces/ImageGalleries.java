package dev.facet.core.faces;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.cache.ExpiringCache;
import dev.facet.core.gallery.GalleryHead;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.gallery.ImageSpaces;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Finds the image gallery of an application: the one of the model bundle that is recorded, or of
 * the deployment's default bundle while none is. Records do not change and are cached. Safe for
 * concurrent use.
 */
final class ImageGalleries {

  private static final Duration CACHED_FOR = Duration.ofHours(1);
  private static final int MAX_CACHED = 10_000;

  private final ImageBundles bundles;
  private final GalleryStore store;
  private final ExpiringCache<ApplicationId, Optional<String>> recorded;

  ImageGalleries(ImageBundles bundles, GalleryStore store, InstantSource clock) {
    this.bundles = bundles;
    this.store = store;
    this.recorded =
        new ExpiringCache<>(
            MAX_CACHED, clock, found -> found.isPresent() ? CACHED_FOR : Duration.ZERO);
  }

  /**
   * An application's image gallery.
   *
   * @param application its owner
   * @param bundleId the id of its bundle
   * @param recorded whether the bundle is recorded; if not, the first photo has to record it
   */
  record ImageGallery(ApplicationId application, String bundleId, boolean recorded) {

    /** Returns the id of the gallery. */
    GalleryId id() {
      return GalleryId.ofImages(application, bundleId);
    }
  }

  /**
   * Returns the image gallery of a call's application.
   *
   * @throws dev.facet.core.faults.TransientFault if the store can't answer before the deadline
   */
  ImageGallery of(CallContext call) {
    ApplicationId application = call.application().id();
    return recorded
        .get(application, () -> find(application, call.deadline()))
        .map(bundle -> new ImageGallery(application, bundle, true))
        .orElseGet(() -> new ImageGallery(application, bundles.defaultId(), false));
  }

  /**
   * Returns the bundle of a gallery, loaded.
   *
   * @throws dev.facet.core.faults.BundleUnavailable if the deployment does not have it
   */
  ImageBundle bundle(ImageGallery gallery) {
    return bundles.get(gallery.bundleId());
  }

  /** Finds the record, or makes it for a gallery from before there were records. */
  private Optional<String> find(ApplicationId application, Instant deadline) {
    return store
        .imageBundle(application, deadline)
        .or(
            () ->
                hasUnrecorded(application, deadline)
                    ? Optional.of(
                        store.recordImageBundle(
                            application, ImageSpaces.UNRECORDED_BUNDLE, deadline))
                    : Optional.empty());
  }

  private boolean hasUnrecorded(ApplicationId application, Instant deadline) {
    GalleryId gallery = GalleryId.ofImages(application, ImageSpaces.UNRECORDED_BUNDLE);
    return !store.head(gallery, deadline).equals(GalleryHead.NONE);
  }
}
