package dev.facet.core.fakes;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.erasure.DeletionLedger;
import dev.facet.core.gallery.DeletionEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A {@link DeletionLedger} in memory; no commits write to it. */
public final class InMemoryLedger implements DeletionLedger {

  private final Map<ApplicationId, Instant> applications = new ConcurrentHashMap<>();

  @Override
  public void applicationErased(ApplicationId application, Instant at) {
    applications.put(application, at);
  }

  @Override
  public List<ApplicationId> erasedApplications() {
    return List.copyOf(applications.keySet());
  }

  @Override
  public Stream<DeletionEntry> deletions() {
    return Stream.empty();
  }
}
