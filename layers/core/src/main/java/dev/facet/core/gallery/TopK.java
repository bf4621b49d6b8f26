package dev.facet.core.gallery;

import dev.facet.core.subjects.SubjectId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Collects the best matches of a search: at most {@code limit} subjects, each by its best template.
 * The order of the offers makes no difference.
 */
final class TopK {

  private final int limit;
  private final List<Match> best;
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
    this.best = new ArrayList<>(Math.min(limit, 64) + 1);
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
    Match offered = new Match(subject, similarity);
    for (int i = 0; i < best.size(); i++) {
      if (best.get(i).subject().equals(subject)) {
        if (similarity <= best.get(i).similarity()) {
          return;
        }
        best.remove(i);
        break;
      }
    }
    int place = Collections.binarySearch(best, offered, Match.BEST_FIRST);
    best.add(-place - 1, offered);
    if (best.size() > limit) {
      best.removeLast();
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
