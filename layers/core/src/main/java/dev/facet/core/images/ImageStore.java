package dev.facet.core.images;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.subjects.SubjectId;

/** Where originals are kept for applications that ask for it. */
public interface ImageStore {

  /**
   * Stores a subject's original, replacing the one before; durable when it returns.
   *
   * @throws dev.facet.core.faults.TransientFault when the store can't take it now
   */
  void put(ApplicationId application, SubjectId subject, byte[] image);

  /** Erases a subject's original; harmless when there is none. */
  void delete(ApplicationId application, SubjectId subject);
}
