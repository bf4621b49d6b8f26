package dev.facet.core.faces;

import dev.facet.core.embeddings.MatchThresholds;
import dev.facet.core.embeddings.MatchingRules;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.gallery.GalleryView;
import dev.facet.core.gallery.Match;
import dev.facet.core.gallery.Template;
import dev.facet.core.subjects.SubjectId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Matches the embeddings of a request against a version's gallery. The distance between two people
 * is the minimum Euclidean distance of any two of their unit vectors of one factor, 0..2. They
 * match if it is within that factor's reach.
 *
 * <p>Of a subject's templates only those count that agree with their medoid under the current
 * rules. The excluded ones stay stored, and answers report their number.
 */
final class EmbeddingMatcher {

  private static final int MAX_FACTORS = 64;

  /**
   * An upper bound on the rounding error of a float similarity. The search admits this much more,
   * and the candidates' exact distances decide.
   */
  private static final double ROUNDING = 1e-5;

  private final MatchingRules rules;

  EmbeddingMatcher(MatchingRules rules) {
    this.rules = rules;
  }

  /** A subject within reach. */
  record Hit(SubjectId subject, double distance) {
    static final Comparator<Hit> NEAREST_FIRST =
        Comparator.comparingDouble(Hit::distance).thenComparing(hit -> hit.subject().value());
  }

  /**
   * The result of a search.
   *
   * @param hits nearest first, equally near ones by their ids
   * @param excluded the number of templates of the compared subjects that were left out
   */
  record Found(List<Hit> hits, int excluded) {}

  /** The embeddings of one request, and the maximum distance of a match per factor. */
  record Probes(
      ModelVersion version, List<Template> templates, ToDoubleFunction<MatchThresholds> reach) {}

  /**
   * Checks that templates can be compared with a gallery's, or are the first of their factor.
   *
   * @param known the gallery's coordinates per factor
   * @throws InvalidRequest if they have another dimension, or add too many factors
   */
  static void requireComparable(Map<String, Integer> known, List<Template> templates) {
    Map<String, Integer> dimensions = new HashMap<>(known);
    for (Template template : templates) {
      int wanted = dimensions.computeIfAbsent(template.factor(), f -> template.dimension());
      if (wanted != template.dimension()) {
        throw new InvalidRequest(
            "features.embedding_vector must hold %d numbers for this version and type."
                .formatted(wanted));
      }
    }
    if (dimensions.size() > MAX_FACTORS) {
      throw new InvalidRequest("features.type must be one of at most 64 for each version.");
    }
  }

  /**
   * Finds the subjects nearest to the probes (1:N).
   *
   * <p>The gallery's search may rank a subject by a template that is then excluded. While that can
   * hide a match, the search is repeated with a larger limit.
   *
   * @param limit the maximum number of subjects
   */
  Found nearest(GalleryView view, Probes probes, int limit) {
    for (int breadth = limit; ; breadth *= 4) {
      Set<SubjectId> candidates = new LinkedHashSet<>();
      boolean all = true;
      for (Template probe : probes.templates()) {
        double reach = probes.reach().applyAsDouble(rules.of(probes.version(), probe.factor()));
        List<Match> matches = view.search(probe, 1 - reach * reach / 2 - ROUNDING, breadth);
        all &= matches.size() < breadth;
        matches.forEach(match -> candidates.add(match.subject()));
      }
      Found found = among(candidates, view::enrolled, probes);
      if (all || (found.excluded() == 0 && found.hits().size() >= limit)) {
        return new Found(found.hits().stream().limit(limit).toList(), found.excluded());
      }
    }
  }

  /**
   * Finds the subjects within reach among the candidates.
   *
   * @param templates returns the templates of a candidate
   */
  Found among(
      Collection<SubjectId> candidates,
      Function<SubjectId, List<Template>> templates,
      Probes probes) {
    List<Hit> hits = new ArrayList<>();
    int excluded = 0;
    for (SubjectId candidate : candidates) {
      List<Template> enrolled = templates.apply(candidate);
      List<Template> trusted = trusted(enrolled, probes.version());
      excluded += enrolled.size() - trusted.size();
      double distance = distance(trusted, probes);
      if (Double.isFinite(distance)) {
        hits.add(new Hit(candidate, distance));
      }
    }
    hits.sort(Hit.NEAREST_FIRST);
    return new Found(List.copyOf(hits), excluded);
  }

  private List<Template> trusted(List<Template> enrolled, ModelVersion version) {
    return enrolled.stream()
        .map(Template::factor)
        .distinct()
        .flatMap(
            factor ->
                rules
                    .of(version, factor)
                    .consensus()
                    .agreeing(enrolled.stream().filter(t -> t.factor().equals(factor)).toList())
                    .stream())
        .toList();
  }

  /** Returns the minimum distance; infinite if no pair is within its factor's reach. */
  private double distance(List<Template> enrolled, Probes probes) {
    double least = Double.POSITIVE_INFINITY;
    for (Template probe : probes.templates()) {
      double reach = probes.reach().applyAsDouble(rules.of(probes.version(), probe.factor()));
      for (Template template : enrolled) {
        if (template.factor().equals(probe.factor())) {
          double distance = distance(template.vector(), probe.vector());
          least = distance <= reach ? Math.min(least, distance) : least;
        }
      }
    }
    return least;
  }

  private static double distance(float[] a, float[] b) {
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      squares += difference * difference;
    }
    return Math.sqrt(squares);
  }
}
