package dev.facet.cli.doctor.aws;

import dev.facet.cli.doctor.stack.ApiPort;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.GetRestApiResponse;
import software.amazon.awssdk.services.apigateway.model.Resource;

/** {@link ApiPort} on API Gateway. */
public final class AwsApi implements ApiPort {

  private static final int PAGE = 500;

  private final ApiGatewayClient client;

  /** Creates access to the APIs of a Region. */
  public AwsApi(ApiGatewayClient client) {
    this.client = client;
  }

  @Override
  public List<Method> methods(String restApi) {
    List<Method> methods = new ArrayList<>();
    for (Resource resource : resources(restApi)) {
      resource
          .resourceMethods()
          .forEach(
              (httpMethod, method) ->
                  methods.add(
                      new Method(
                          httpMethod,
                          resource.path(),
                          String.valueOf(method.authorizationType()),
                          Boolean.TRUE.equals(method.apiKeyRequired()))));
    }
    return methods;
  }

  private List<Resource> resources(String restApi) {
    return Reading.of(
        "API " + restApi,
        () ->
            client
                .getResourcesPaginator(get -> get.restApiId(restApi).embed("methods").limit(PAGE))
                .items()
                .stream()
                .filter(Resource::hasResourceMethods)
                .toList());
  }

  @Override
  public Connections connections(String restApi) {
    GetRestApiResponse api =
        Reading.of("API " + restApi, () -> client.getRestApi(get -> get.restApiId(restApi)));
    return new Connections(
        api.securityPolicyAsString(),
        api.endpointAccessModeAsString(),
        Boolean.TRUE.equals(api.disableExecuteApiEndpoint()));
  }

  @Override
  public List<String> domainPolicies(List<String> domainNames) {
    return domainNames.stream()
        .map(
            name ->
                Reading.of(
                    "domain " + name, () -> client.getDomainName(get -> get.domainName(name))))
        .map(domain -> String.valueOf(domain.securityPolicyAsString()))
        .toList();
  }
}
