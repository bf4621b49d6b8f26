package dev.facet.core.gallery;

import dev.facet.core.subjects.SubjectId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Collects the best matches of a search: at most so many subjects, each by its best template. The
 * order in which they are offered makes no difference.
 */
final class Nearest {

  private final int limit;
  private final List<Match> best;
  private double cut;

  /**
   * @param atLeast the least similarity of a match
   * @param limit the most matches, at least 1
   */
  Nearest(double atLeast, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a search is for at least one match, not " + limit);
    }
    this.limit = limit;
    this.best = new ArrayList<>(Math.min(limit, 64) + 1);
    this.cut = atLeast;
  }

  /** What is below this need not be offered; it only ever rises. */
  double cut() {
    return cut;
  }

  /** Takes a template's similarity into account. */
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

  /** The matches, best first. */
  List<Match> matches() {
    return List.copyOf(best);
  }
}
