package dev.facet.local.service;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.facet.api.http.Services;
import dev.facet.local.lambda.Function;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Creates the handlers that the specification names: {@code dev.facet.api.<name>Handler}. */
final class HandlerFactory {

  private HandlerFactory() {}

  static Map<String, Function> functions(List<String> names, Services services) {
    return names.stream()
        .collect(
            Collectors.toMap(name -> name, name -> new Function(name, handler(name, services))));
  }

  @SuppressWarnings("unchecked")
  private static RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> handler(
      String name, Services services) {
    try {
      return Class.forName("dev.facet.api." + name + "Handler")
          .asSubclass(RequestHandler.class)
          .getConstructor(Services.class)
          .newInstance(services);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("openapi.yaml names " + name + ", which has no handler", e);
    }
  }
}
