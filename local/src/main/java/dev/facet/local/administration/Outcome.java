package dev.facet.local.administration;

/**
 * How a command went.
 *
 * @param status the exit status
 * @param out what it printed
 * @param err what it said besides
 */
record Outcome(int status, String out, String err) {}
