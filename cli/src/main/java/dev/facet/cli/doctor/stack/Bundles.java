package dev.facet.cli.doctor.stack;

import dev.facet.cli.doctor.Check;
import dev.facet.cli.doctor.Diagnosis;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks that the model bundle of every gallery with enrolled photos is deployed. */
public record Bundles(StackPort stack, StorePort stores) implements Check {

  /** The stack output with the ids of the deployed bundles, separated by commas. */
  public static final String OUTPUT = "Bundles";

  @Override
  public String name() {
    return "bundles";
  }

  @Override
  public Diagnosis run() {
    Set<String> onBoard = Set.of(stack.output(OUTPUT).split(",", -1));
    List<String> objections = new ArrayList<>();
    stores
        .galleriesWithoutBundle(stack.output("DataTable"), onBoard)
        .forEach(
            (bundle, galleries) ->
                objections.add(
                    "bundle %s of %s is not deployed"
                        .formatted(bundle, String.join(", ", galleries))));
    return Diagnosis.faultIfAny(
        objections,
        "Deploy that bundle again: until then these people are answered as not enrolled.",
        "every gallery's bundle is deployed (%s)".formatted(String.join(", ", onBoard)));
  }
}
