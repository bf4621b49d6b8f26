package dev.facet.cli;

/** An argument names something that can't be used; the message names the option and the rule. */
final class UnusableArgument extends RuntimeException {
  UnusableArgument(String option, String rule) {
    super(option + ": " + rule);
  }
}
