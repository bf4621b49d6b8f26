package dev.facet.cli.doctor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a check.
 *
 * @param detail what was found, or why the check was not possible
 * @param advice what to do; null if there is nothing to do
 */
public record Diagnosis(Verdict verdict, String detail, @Nullable String advice) {

  /** Returns a result without objection. */
  public static Diagnosis ok(String detail) {
    return new Diagnosis(Verdict.OK, detail, null);
  }

  /** Returns a result that does not fail the command. */
  public static Diagnosis warning(String detail, String advice) {
    return new Diagnosis(Verdict.WARNING, detail, advice);
  }

  /** Returns a result that fails the command. */
  public static Diagnosis fault(String detail, String advice) {
    return new Diagnosis(Verdict.FAULT, detail, advice);
  }

  /** Returns the result of a check that lacks something. */
  public static Diagnosis notChecked(String reason, String advice) {
    return new Diagnosis(Verdict.NOT_CHECKED, reason, advice);
  }

  /** Returns a fault that lists all objections, or a result without any. */
  public static Diagnosis faultIfAny(List<String> objections, String advice, String otherwise) {
    return objections.isEmpty() ? ok(otherwise) : fault(String.join("; ", objections), advice);
  }

  /** Returns a warning that lists all objections, or a result without any. */
  public static Diagnosis warningIfAny(List<String> objections, String advice, String otherwise) {
    return objections.isEmpty() ? ok(otherwise) : warning(String.join("; ", objections), advice);
  }
}
