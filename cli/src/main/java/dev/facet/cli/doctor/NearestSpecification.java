package dev.facet.cli.doctor;

import dev.facet.spec.ApiSpecification;
import dev.facet.spec.NodeAuth;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The objections of a comparison with {@code openapi.yaml}. The setting {@code nodeAuth} decides
 * whether requests under {@code /node} are signed; the deployment has the value with the fewest
 * objections.
 *
 * @param nodeAuth that value
 */
public record NearestSpecification(NodeAuth nodeAuth, List<String> objections) {

  /** Copies the list. */
  public NearestSpecification {
    objections = List.copyOf(objections);
  }

  /**
   * Compares with every variant of the specification.
   *
   * @param comparison returns the objections
   */
  public static NearestSpecification of(Function<ApiSpecification, List<String>> comparison) {
    ApiSpecification specification = ApiSpecification.bundled();
    return Arrays.stream(NodeAuth.values())
        .map(auth -> new NearestSpecification(auth, comparison.apply(specification.with(auth))))
        .min(Comparator.comparingInt(nearest -> nearest.objections().size()))
        .orElseThrow();
  }
}
