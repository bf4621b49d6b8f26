package dev.facet.core.faces;

import dev.facet.core.subjects.PersonId;
import dev.facet.core.faults.InvalidRequest;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.gallery.Identifier;
import dev.facet.core.gallery.Subject;
import dev.facet.core.gallery.Write;
import dev.facet.core.subjects.SubjectId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Callers' own names for people ({@code metadata.id}): whom each means in which version's gallery,
 * and the guid that those share. What is decided here rests on the stored revision, which the
 * commit then makes a condition.
 */
final class Bindings {

  /** The names's item has a line for each version, and is limited in size. */
  private static final int MOST_VERSIONS = 1000;

  private final GalleryStore store;

  Bindings(GalleryStore store) {
    this.store = store;
  }

  /** Whom a name means in a gallery. */
  Optional<SubjectId> subject(GalleryId gallery, String name, Instant deadline) {
    return store
        .identifier(gallery.application(), name, deadline)
        .flatMap(identifier -> Optional.ofNullable(identifier.subjects().get(gallery.space())));
  }

  /**
   * A name once it also means a new subject.
   *
   * @param guid what its subjects share if this is the first
   * @throws InvalidRequest if it means another one in this gallery already
   */
  Identifier bound(
      GalleryId gallery, String name, SubjectId subject, PersonId guid, Instant deadline) {
    Identifier before =
        store
            .identifier(gallery.application(), name, deadline)
            .orElseGet(
                () -> new Identifier(gallery.application(), name, guid.value(), Map.of(), 0));
    if (before.subjects().containsKey(gallery.space())) {
      throw new InvalidRequest("user identifier already enrolled");
    }
    if (before.subjects().size() == MOST_VERSIONS) {
      throw new InvalidRequest("user identifier is enrolled in too many versions");
    }
    Map<String, SubjectId> subjects = new HashMap<>(before.subjects());
    subjects.put(gallery.space(), subject);
    return next(before, subjects);
  }

  /** What has to change when a subject goes: nothing unless a name means it. */
  Optional<Write.Companion> withdrawn(GalleryId gallery, Subject subject, Instant deadline) {
    return Optional.ofNullable(subject.userIdentifier())
        .flatMap(name -> store.identifier(gallery.application(), name, deadline))
        .filter(before -> subject.id().equals(before.subjects().get(gallery.space())))
        .map(
            before -> {
              Map<String, SubjectId> subjects = new HashMap<>(before.subjects());
              subjects.remove(gallery.space());
              return new Write.Bind(next(before, subjects));
            });
  }

  private static Identifier next(Identifier before, Map<String, SubjectId> subjects) {
    return new Identifier(
        before.application(),
        before.userIdentifier(),
        before.guid(),
        subjects,
        before.revision() + 1);
  }
}
