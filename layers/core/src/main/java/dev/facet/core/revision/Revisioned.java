package dev.facet.core.revision;

/**
 * A stored record with the number of its revision.
 *
 * @param value the record
 * @param revision 1 after the first write, and 1 more after each further write; 0 for a record
 *     written by a version that did not count revisions
 */
public record Revisioned<V>(V value, long revision) {}
