package dev.facet.cli.doctor;

/** One question about a service or a deployed stack. */
public interface Check {

  /** Returns a name that is unique among the checks of a command. */
  String name();

  /**
   * Answers the question.
   *
   * @throws NotReadable if that is not possible now
   */
  Diagnosis run();
}
