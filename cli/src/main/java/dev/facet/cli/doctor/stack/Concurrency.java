package dev.facet.cli.doctor.stack;

import dev.facet.cli.doctor.Check;
import dev.facet.cli.doctor.Diagnosis;

/** Compares the account's quota of simultaneous executions with what the stack keeps of it. */
public record Concurrency(StackPort stack, FunctionPort functions) implements Check {

  /** The executions that AWS keeps unreserved. */
  private static final int UNRESERVED = 100;

  /** The quota of most accounts that are not new. */
  private static final int USUAL = 1000;

  @Override
  public String name() {
    return "concurrency";
  }

  @Override
  public Diagnosis run() {
    int quota = functions.quota().total();
    int kept = 0;
    for (String function : stack.physicalIds("AWS::Lambda::Function")) {
      kept += functions.reserved(function).orElse(0);
    }
    for (String alias : stack.physicalIds("AWS::Lambda::Alias")) {
      kept += functions.provisioned(alias).orElse(0);
    }
    String detail =
        "%d simultaneous executions in the account, %d of them kept for this stack"
            .formatted(quota, kept);
    if (kept > Math.max(0, quota - UNRESERVED)) {
      return Diagnosis.fault(
          detail, "Raise the quota under Service Quotas, or lower faceReserved, faceConcurrency.");
    }
    return quota < USUAL
        ? Diagnosis.warning(
            detail + "; a request takes two, so %d at once are answered".formatted(quota / 2),
            "Raise 'Concurrent executions' under Service Quotas.")
        : Diagnosis.ok(detail);
  }
}
