package dev.facet.cli.doctor.stack;

import dev.facet.cli.doctor.Check;
import dev.facet.cli.doctor.Diagnosis;
import java.util.ArrayList;
import java.util.List;

/** Checks the TLS policy of the API and of its domain names, and that no other name answers. */
public record ConnectionSecurity(StackPort stack, ApiPort api) implements Check {

  /** The beginning of the names of policies that refuse TLS 1.0 and 1.1. */
  private static final String TLS13 = "SecurityPolicy_TLS13_";

  @Override
  public String name() {
    return "connections";
  }

  @Override
  public Diagnosis run() {
    ApiPort.Connections connections = api.connections(stack.output("RestApi"));
    List<String> domains = stack.physicalIds("AWS::ApiGateway::DomainName");
    List<String> objections = new ArrayList<>();
    String policy = connections.securityPolicy();
    if (policy == null || !policy.startsWith(TLS13)) {
      objections.add("the API accepts TLS 1.0 (security policy %s)".formatted(policy));
    }
    if (!"STRICT".equals(connections.accessMode())) {
      objections.add("the endpoint access mode is not STRICT");
    }
    if (!domains.isEmpty() && !connections.ownEndpointDisabled()) {
      objections.add("the API also answers under its execute-api name");
    }
    for (String domain : api.domainPolicies(domains)) {
      if (!domain.startsWith(TLS13)) {
        objections.add("a domain name has the security policy " + domain);
      }
    }
    return Diagnosis.faultIfAny(
        objections,
        "Deploy again with the setting tls.",
        "security policy %s%s"
            .formatted(policy, domains.isEmpty() ? "" : "; execute-api endpoint disabled"));
  }
}
