package dev.facet.core.subjects;

/**
 * A subject's id within its gallery: a {@code /v1} id ({@code necidguid-…}) or a {@code /node}
 * puid. Any text is valid, because callers may ask for any id; only ids that this service generated
 * exist.
 *
 * @param value the id; a puid is not in its ROT13 form
 */
public record SubjectId(String value) {}
