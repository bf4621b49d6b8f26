package dev.facet.core.gallery;

import dev.facet.core.subjects.SubjectId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Collects the best matches of a search: at most {@code limit} subjects, each by its best template.
 * The order of the offers makes no difference. An offer takes time logarithmic in the limit.
 */
final class TopK {

  private final int limit;
  private final TreeSet<Match> best = new TreeSet<>(Match.BEST_FIRST);
  private final Map<SubjectId, Match> bySubject = new HashMap<>();
  private double cut;

  /**
   * @param atLeast the minimum similarity of a match
   * @param limit the maximum number of matches, at least 1
   */
  TopK(double atLeast, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a search is for at least one match, not " + limit);
    }
    this.limit = limit;
    this.cut = atLeast;
  }

  /** Returns the minimum similarity that is worth an offer. It never falls. */
  double cut() {
    return cut;
  }

  /** Adds a template's similarity to the result if it is among the best. */
  void offer(SubjectId subject, float similarity) {
    if (!(similarity >= cut)) {
      return;
    }
    Match before = bySubject.get(subject);
    if (before != null) {
      if (similarity <= before.similarity()) {
        return;
      }
      best.remove(before);
    }
    Match offered = new Match(subject, similarity);
    bySubject.put(subject, offered);
    best.add(offered);
    if (best.size() > limit) {
      bySubject.remove(best.removeLast().subject());
    }
    if (best.size() == limit) {
      cut = Math.max(cut, best.getLast().similarity());
    }
  }

  /** Returns the matches, best first. */
  List<Match> matches() {
    return List.copyOf(best);
  }
}
