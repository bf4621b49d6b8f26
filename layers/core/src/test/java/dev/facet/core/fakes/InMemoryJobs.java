package dev.facet.core.fakes;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.jobs.JobId;
import dev.facet.core.jobs.JobState.Dead;
import dev.facet.core.jobs.JobState.Outcome;
import dev.facet.core.jobs.JobStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A {@link JobStore} in memory. */
public final class InMemoryJobs implements JobStore {

  private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();

  @Override
  public Optional<Outcome> find(JobId id) {
    return Optional.ofNullable(outcomes.get(id.text()));
  }

  @Override
  public void settle(JobId id, Outcome outcome) {
    outcomes.merge(id.text(), outcome, (old, young) -> old.isFinal() ? old : young);
  }

  @Override
  public void revive(JobId id) {
    outcomes.computeIfPresent(id.text(), (text, old) -> old instanceof Dead ? null : old);
  }

  /** Lists the jobs of an application that have an outcome. */
  List<String> of(ApplicationId application) {
    return outcomes.keySet().stream()
        .filter(text -> JobId.parse(text).application().equals(application))
        .toList();
  }

  /** Removes an outcome. */
  void remove(String text) {
    outcomes.remove(text);
  }
}
