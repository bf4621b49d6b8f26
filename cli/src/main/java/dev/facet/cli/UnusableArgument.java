package dev.facet.cli;

/** An invalid argument; the message names the option and the rule. */
final class UnusableArgument extends RuntimeException {
  UnusableArgument(String option, String rule) {
    super(option + ": " + rule);
  }
}
