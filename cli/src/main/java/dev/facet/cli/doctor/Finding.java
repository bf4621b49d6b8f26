package dev.facet.cli.doctor;

import java.util.List;

/** The result of a named check. */
public record Finding(String check, Diagnosis diagnosis) {

  private static final String PERMISSIONS =
      "Run it with credentials that may read this, from a network that reaches it.";

  /** Runs checks in their order. A check that cannot read what it needs does not end the others. */
  public static List<Finding> all(List<Check> checks) {
    return checks.stream().map(Finding::of).toList();
  }

  private static Finding of(Check check) {
    try {
      return new Finding(check.name(), check.run());
    } catch (NotReadable reason) {
      return new Finding(
          check.name(), Diagnosis.notChecked(String.valueOf(reason.getMessage()), PERMISSIONS));
    }
  }

  /** Returns whether the check fails the command. */
  public boolean isFault() {
    return diagnosis.verdict() == Verdict.FAULT;
  }
}
