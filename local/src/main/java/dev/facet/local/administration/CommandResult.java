package dev.facet.local.administration;

/**
 * The outcome of a command.
 *
 * @param status the exit status
 * @param out its standard output
 * @param err its standard error
 */
record CommandResult(int status, String out, String err) {}
