package dev.facet.core.gallery;

import dev.facet.core.images.ImageKey;
import dev.facet.core.subjects.PersonId;
import dev.facet.core.subjects.SubjectId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The complete record of an enrolled subject.
 *
 * @param id the id in its gallery
 * @param templates 1..{@value #MAX_TEMPLATES}, of any factors
 * @param model the source of the templates: a bundle's id, or the client's model version
 * @param quality the enrolled face's quality, 0..1, if this service measured it
 * @param image the stored original, if any
 * @param guid the id that subjects of one person share across model versions ({@code /node} only)
 * @param userIdentifier the caller's own name for the person ({@code /node} only)
 * @param created the time of the enrolment, in milliseconds
 * @param updated the time of the last change of the templates, in milliseconds
 * @param seq the log entry that holds the templates; {@link #NO_SEQ} if the record is not stored
 *     yet, or was stored by an older version
 * @param excluded whether an operator excluded the templates, so that they match nothing
 */
public record Subject(
    SubjectId id,
    List<Template> templates,
    String model,
    @Nullable Double quality,
    @Nullable ImageKey image,
    @Nullable PersonId guid,
    @Nullable String userIdentifier,
    Instant created,
    Instant updated,
    long seq,
    boolean excluded) {

  /** The maximum number of templates of a subject: a stored item is limited to 400 KB. */
  public static final int MAX_TEMPLATES = 64;

  /** The {@link #seq} of a record that does not hold one. */
  public static final long NO_SEQ = 0;

  /** Checks the number of templates and truncates the times to milliseconds, as they are stored. */
  public Subject {
    if (templates.isEmpty() || templates.size() > MAX_TEMPLATES) {
      throw new IllegalArgumentException("a subject has 1..64 templates, not " + templates.size());
    }
    templates = List.copyOf(templates);
    created = Instant.ofEpochMilli(created.toEpochMilli());
    updated = Instant.ofEpochMilli(updated.toEpochMilli());
  }

  /** Creates the record of a subject that is not stored yet. */
  public Subject(
      SubjectId id,
      List<Template> templates,
      String model,
      @Nullable Double quality,
      @Nullable ImageKey image,
      @Nullable PersonId guid,
      @Nullable String userIdentifier,
      Instant created,
      Instant updated) {
    this(
        id,
        templates,
        model,
        quality,
        image,
        guid,
        userIdentifier,
        created,
        updated,
        NO_SEQ,
        false);
  }

  /** Returns the record with another time of the last change. */
  Subject updatedAt(Instant time) {
    return new Subject(
        id, templates, model, quality, image, guid, userIdentifier, created, time, seq, excluded);
  }

  /** Returns the record as stored with a log entry. */
  public Subject storedAt(long entry) {
    return new Subject(
        id,
        templates,
        model,
        quality,
        image,
        guid,
        userIdentifier,
        created,
        updated,
        entry,
        excluded);
  }

  /** Returns the record with its templates excluded or not. */
  public Subject excluding(boolean exclude) {
    return new Subject(
        id, templates, model, quality, image, guid, userIdentifier, created, updated, seq, exclude);
  }
}
