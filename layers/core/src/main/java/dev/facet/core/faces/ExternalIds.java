package dev.facet.core.faces;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.gallery.Galleries;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.Identifier;
import dev.facet.core.gallery.Subject;
import dev.facet.core.gallery.Write;
import dev.facet.core.subjects.PersonId;
import dev.facet.core.subjects.SubjectId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Binds callers' own names for people ({@code metadata.id}) to one subject in each version's
 * gallery, and to the guid that these subjects share. Every decision rests on the stored revision,
 * which is then a condition of the commit.
 */
final class ExternalIds {

  /** A name's item has a line for each version, and the size of an item is limited. */
  private static final int MAX_VERSIONS = 1000;

  private final Galleries galleries;

  ExternalIds(Galleries galleries) {
    this.galleries = galleries;
  }

  /** Finds the subject that a name is bound to in a gallery. */
  Optional<SubjectId> subject(GalleryId gallery, String name, CallContext call) {
    return identifier(gallery, name, call)
        .flatMap(identifier -> Optional.ofNullable(identifier.subjects().get(gallery.space())));
  }

  /**
   * Returns the identifier of a name with a further subject bound to it.
   *
   * @param guid the guid of its subjects if this is the first one
   * @throws InvalidRequest if the name is already bound in this gallery, or bound in too many
   *     versions
   */
  Identifier bound(
      GalleryId gallery, String name, SubjectId subject, PersonId guid, CallContext call) {
    Identifier before =
        identifier(gallery, name, call)
            .orElseGet(() -> new Identifier(gallery.application(), name, guid, Map.of(), 0));
    if (before.subjects().containsKey(gallery.space())) {
      throw new InvalidRequest("user identifier already enrolled");
    }
    if (before.subjects().size() == MAX_VERSIONS) {
      throw new InvalidRequest("user identifier is enrolled in too many versions");
    }
    Map<String, SubjectId> subjects = new HashMap<>(before.subjects());
    subjects.put(gallery.space(), subject);
    return next(before, subjects);
  }

  /** Returns the change that unbinds a deleted subject's name; empty if no name is bound to it. */
  Optional<Write.Companion> withdrawn(GalleryId gallery, Subject subject, CallContext call) {
    return Optional.ofNullable(subject.userIdentifier())
        .flatMap(name -> identifier(gallery, name, call))
        .filter(before -> subject.id().equals(before.subjects().get(gallery.space())))
        .map(
            before -> {
              Map<String, SubjectId> subjects = new HashMap<>(before.subjects());
              subjects.remove(gallery.space());
              return new Write.Bind(next(before, subjects));
            });
  }

  private Optional<Identifier> identifier(GalleryId gallery, String name, CallContext call) {
    return galleries
        .store(call.retryUntil())
        .identifier(gallery.application(), name, call.deadline());
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
