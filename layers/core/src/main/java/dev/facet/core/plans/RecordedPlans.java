package dev.facet.core.plans;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.Fault;
import dev.facet.core.plans.PlanRecord.State;
import dev.facet.core.revision.Conflicts;
import dev.facet.core.revision.Revisioned;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@link UsagePlans} of the gateway that copies each plan it sees to a {@link PlanRegistry}, for
 * the handlers that meter keys themselves. A change made at the gateway is copied at the next
 * listing of plans, or at the next creation of a key on the plan.
 *
 * <p>A copy is read before the gateway is asked and written on condition that it has not changed,
 * so an older state of the gateway never replaces a newer one.
 */
public final class RecordedPlans implements UsagePlans {

  private final UsagePlans gateway;
  private final PlanRegistry registry;

  /** Creates plans of a gateway that copies to a registry. */
  public RecordedPlans(UsagePlans gateway, PlanRegistry registry) {
    this.gateway = gateway;
    this.registry = registry;
  }

  @Override
  public List<UsagePlan> list() {
    List<UsagePlan> plans = gateway.list();
    plans.forEach(
        plan -> {
          if (!registry.find(plan.id()).equals(Optional.of(plan))) {
            recorded(plan.id());
          }
        });
    return plans;
  }

  @Override
  public Optional<UsagePlan> find(String id) {
    return recorded(id).map(record -> record.value().plan());
  }

  @Override
  public Optional<UsagePlan> findOpen(String id) {
    return recorded(id)
        .filter(record -> record.value().state() == State.OPEN)
        .map(record -> record.value().plan());
  }

  @Override
  public UsagePlan create(NewPlan wanted) {
    UsagePlan plan = gateway.create(wanted);
    recorded(plan.id());
    return plan;
  }

  @Override
  public void delete(String id, Runnable check) {
    Revisioned<PlanRecord> doomed = doomed(closed(id), check);
    try {
      gateway.delete(id, () -> {});
    } catch (InvalidRequest goneAlready) {
      // an earlier deletion ended after this step
    }
    registry.delete(doomed);
  }

  /** Refuses further keys on the plan, and takes the place of any other deletion in progress. */
  private Revisioned<PlanRecord> closed(String id) {
    return Conflicts.retrying(
        () -> {
          Revisioned<PlanRecord> record =
              recorded(id)
                  .or(() -> registry.read(id))
                  .orElseThrow(() -> new InvalidRequest("There is no usage plan " + id + "."));
          return record.value().state() == State.DELETING
              ? record
              : registry.put(record, record.value().in(State.CLOSING));
        });
  }

  /**
   * Makes the deletion certain.
   *
   * @throws Fault that of the check, after the plan was opened again
   */
  private Revisioned<PlanRecord> doomed(Revisioned<PlanRecord> closed, Runnable check) {
    if (closed.value().state() == State.DELETING) {
      return closed;
    }
    try {
      check.run();
    } catch (Fault fault) {
      // another deletion that has begun since then opens it itself
      var _ = Conflicts.unlessChanged(() -> registry.put(closed, closed.value().in(State.OPEN)));
      throw fault;
    }
    return registry.put(closed, closed.value().in(State.DELETING));
  }

  /** Returns the copy of a plan as the gateway has it now; empty if the gateway has none. */
  private Optional<Revisioned<PlanRecord>> recorded(String id) {
    return Conflicts.retrying(
        () -> {
          Optional<Revisioned<PlanRecord>> known = registry.read(id);
          return gateway.find(id).map(plan -> recorded(known.orElse(null), plan));
        });
  }

  private Revisioned<PlanRecord> recorded(@Nullable Revisioned<PlanRecord> known, UsagePlan plan) {
    if (known == null) {
      return recordedFirst(plan);
    }
    return known.value().plan().equals(plan)
        ? known
        : registry.put(known, new PlanRecord(plan, known.value().state()));
  }

  /** Writes the first copy of a plan, which may have been deleted since it was read. */
  private Revisioned<PlanRecord> recordedFirst(UsagePlan plan) {
    Revisioned<PlanRecord> first = registry.put(null, PlanRecord.open(plan));
    if (gateway.find(plan.id()).isEmpty()) {
      registry.delete(first);
    }
    return first;
  }
}
