package dev.facet.core.erasure;

import dev.facet.core.applications.ApplicationId;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * All that is stored of applications, except their own items and their keys.
 *
 * <p>Every method throws {@link dev.facet.core.faults.TransientFault} if a store cannot answer now.
 */
public interface ApplicationContents {

  /** The kinds of contents. */
  enum Kind {
    /** Records of subjects, with their templates. */
    SUBJECTS("subjects"),
    /** Entries and heads of galleries' logs. */
    LOGS("logs"),
    /** Callers' own names of people. */
    IDENTIFIERS("identifiers"),
    /** Photos. */
    IMAGES("images"),
    /** Records of operations. */
    OPERATIONS("operations"),
    /** Outcomes of jobs. */
    JOBS("jobs"),
    /** Notes of photos and templates that a sweep is to erase. */
    NOTES("notes"),
    /** Counts of the requests under the application's keys. */
    USAGE("usage");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** Returns the name of the kind for people and their scripts. */
    public String text() {
      return text;
    }
  }

  /**
   * A stored item or object.
   *
   * @param kind its kind
   * @param place where it is within its store; only the port that listed it can read this
   */
  record Content(Kind kind, List<String> place) {
    /** Copies the list. */
    public Content {
      place = List.copyOf(place);
    }
  }

  /**
   * Lists an application's contents, in no order, while they are read. It may read whole stores, so
   * it is slow. Contents that are written meanwhile may be missing.
   *
   * @param keys the ids of the records of the application's keys
   * @return a stream to be closed; its contents may be erased while it is read
   */
  Stream<Content> list(ApplicationId application, Set<UUID> keys);

  /** Erases contents; does nothing about those that are absent. */
  void erase(List<Content> contents);

  /** Returns for how many days backups hold what was erased; empty if there are no backups. */
  OptionalInt recoveryDays();
}
