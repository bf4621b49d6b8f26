package dev.facet.benchmarks.measure;

import java.util.List;

/** A benchmark that {@code benchmarks/run} runs by name. */
public interface Benchmark {

  /** Returns the name on the command line, which is also the name of the results file. */
  String name();

  /** Returns the measured quantities in one line. */
  String description();

  /** Returns the arguments with their defaults in one line; empty if there are none. */
  String usage();

  /**
   * Runs the benchmark.
   *
   * @param arguments the words of the command line after the name
   * @param out receives the results
   * @throws InvalidArguments if the arguments do not fit {@link #usage}; nothing has run then
   * @throws Exception if a prerequisite is missing or the measurement fails
   */
  void run(List<String> arguments, Report out) throws Exception;
}
