package dev.facet.cli.doctor;

import dev.facet.spec.ApiOperation;
import dev.facet.spec.ApiSpecification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Checks that every route refuses requests without a signature, or with an unknown API key, where
 * {@code openapi.yaml} demands them, and accepts them elsewhere. The requests name no subject and
 * carry no body, so a route that is open by mistake changes nothing.
 */
public final class RouteAccess implements Check {

  private static final int DENIED = 403;

  /** API Gateway's answer to a missing or unknown API key. */
  private static final String KEY_DENIED = "Forbidden";

  private final ServiceRequests requests;

  /** Creates a check of a service. */
  public RouteAccess(ServiceRequests requests) {
    this.requests = requests;
  }

  /** The answers to the two requests to an operation. */
  private record Answers(ServiceRequests.Reply unsigned, ServiceRequests.Reply withUnknownKey) {}

  @Override
  public String name() {
    return "route access";
  }

  @Override
  public Diagnosis run() {
    Map<String, Answers> answers = new LinkedHashMap<>();
    for (ApiOperation operation : ApiSpecification.bundled().operations()) {
      answers.put(operation.toString(), ask(operation));
    }
    NearestSpecification nearest =
        NearestSpecification.of(specification -> objections(specification, answers));
    return Diagnosis.faultIfAny(
        nearest.objections(),
        "Deploy again: the gateway does not do what openapi.yaml says.",
        "%d routes demand signature and API key as openapi.yaml says (nodeAuth=%s)"
            .formatted(answers.size(), nearest.nodeAuth().toString().toLowerCase(Locale.ROOT)));
  }

  private Answers ask(ApiOperation operation) {
    String path = samplePath(operation.path());
    return new Answers(
        requests.unsigned(operation.method(), path),
        requests.withUnknownKey(operation.method(), path));
  }

  private static String samplePath(String template) {
    return template
        .replace("{version}", EmbeddingWalk.VERSION.value())
        .replaceAll("\\{[^}]*}", "facet-doctor");
  }

  private static List<String> objections(
      ApiSpecification specification, Map<String, Answers> answers) {
    List<String> objections = new ArrayList<>();
    for (ApiOperation operation : specification.operations()) {
      Answers answer = answers.get(operation.toString());
      if (answer != null) {
        objections(operation, answer, objections);
      }
    }
    return objections;
  }

  private static void objections(ApiOperation operation, Answers answer, List<String> objections) {
    boolean denied = answer.unsigned().status() == DENIED;
    if (operation.signed() && !denied) {
      objections.add(
          "%s answers %d without a signature".formatted(operation, answer.unsigned().status()));
    }
    if (!operation.signed() && !operation.keyed() && denied && operation.function().isEmpty()) {
      objections.add("%s refuses requests without a signature".formatted(operation));
    }
    if (operation.keyed()
        && !(answer.withUnknownKey().status() == DENIED
            && answer.withUnknownKey().body().path("message").asText().equals(KEY_DENIED))) {
      objections.add(
          "%s answers %d to an unknown API key"
              .formatted(operation, answer.withUnknownKey().status()));
    }
  }
}
