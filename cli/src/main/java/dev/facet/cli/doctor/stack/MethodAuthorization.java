package dev.facet.cli.doctor.stack;

import dev.facet.cli.doctor.Check;
import dev.facet.cli.doctor.Diagnosis;
import dev.facet.cli.doctor.NearestSpecification;
import dev.facet.spec.ApiOperation;
import dev.facet.spec.ApiSpecification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Compares the authorization and API key of every deployed method with {@code openapi.yaml}. */
public record MethodAuthorization(StackPort stack, ApiPort api) implements Check {

  private static final String SIGNED = "AWS_IAM";
  private static final String UNSIGNED = "NONE";

  @Override
  public String name() {
    return "methods";
  }

  @Override
  public Diagnosis run() {
    Map<String, ApiPort.Method> deployed = new LinkedHashMap<>();
    for (ApiPort.Method method : api.methods(stack.output("RestApi"))) {
      deployed.put(method.httpMethod() + " " + method.path(), method);
    }
    NearestSpecification nearest =
        NearestSpecification.of(specification -> objections(specification, deployed));
    return Diagnosis.faultIfAny(
        nearest.objections(),
        "Deploy this version again, and change no method by hand.",
        "%d methods demand signature and API key as openapi.yaml says (nodeAuth=%s)"
            .formatted(deployed.size(), nearest.nodeAuth().toString().toLowerCase(Locale.ROOT)));
  }

  private static List<String> objections(
      ApiSpecification specification, Map<String, ApiPort.Method> deployed) {
    List<String> objections = new ArrayList<>();
    Map<String, ApiPort.Method> others = new LinkedHashMap<>(deployed);
    for (ApiOperation operation : specification.operations()) {
      ApiPort.Method method = others.remove(operation.toString());
      String authorization = operation.signed() ? SIGNED : UNSIGNED;
      if (method == null) {
        objections.add(operation + " is not deployed");
      } else if (!method.authorization().equals(authorization)) {
        objections.add(
            "%s has authorization %s instead of %s"
                .formatted(operation, method.authorization(), authorization));
      } else if (method.keyRequired() != operation.keyed()) {
        objections.add(
            operation + (operation.keyed() ? " requires no API key" : " requires an API key"));
      }
    }
    others.keySet().forEach(other -> objections.add(other + " is not in openapi.yaml"));
    return objections;
  }
}
