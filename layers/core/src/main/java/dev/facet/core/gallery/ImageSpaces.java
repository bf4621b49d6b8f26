package dev.facet.core.gallery;

import dev.facet.core.applications.ApplicationId;
import java.time.Instant;
import java.util.Optional;

/**
 * The record of the model bundle with which each application's image gallery is made. It is written
 * once, with the first photo or before it, and never changes. Safe for concurrent use by any number
 * of processes; reads see all earlier writes.
 */
public interface ImageSpaces {

  /**
   * The bundle of every image gallery that was begun before bundles were recorded. A gallery
   * without a record that has a log under it was made with it.
   */
  String UNRECORDED_BUNDLE = "faceplugin-512-v1";

  /**
   * Finds the id of the bundle of an application's image gallery; empty if none is recorded yet.
   *
   * @throws dev.facet.core.faults.TransientFault if the store can't answer now
   */
  Optional<String> imageBundle(ApplicationId application, Instant deadline);

  /**
   * Records the bundle of an application's image gallery, unless one is recorded.
   *
   * @return the id of the bundle that is recorded now
   * @throws dev.facet.core.faults.TransientFault if the store can't answer now; the record may be
   *     written or not
   */
  String recordImageBundle(ApplicationId application, String bundle, Instant deadline);
}
