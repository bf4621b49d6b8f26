package dev.facet.core.subjects;

/**
 * A subject's name within its gallery: a {@code /v1} id ({@code necidguid-…}) or a {@code /node}
 * puid. Any text is admitted, because callers may ask for any; only ids that we made exist.
 *
 * @param value the id as the caller sees it
 */
public record SubjectId(String value) {}
