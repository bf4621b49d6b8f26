package dev.facet.local.apigateway;

import dev.facet.local.http.BoundedHandler;
import dev.facet.local.http.RawRequest;
import dev.facet.local.http.Response;
import java.util.Optional;

/** Connects the gateway to the HTTP server. */
final class GatewayResponder implements BoundedHandler.Responder {

  private final Gateway gateway;

  GatewayResponder(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public Optional<Response> respondToHead(RawRequest head, String sourceIp) {
    return gateway.handleHead(head, sourceIp).map(GatewayResponder::response);
  }

  @Override
  public Response refuse(BoundedHandler.Refusal reason, RawRequest head, String sourceIp) {
    GatewayError error =
        switch (reason) {
          case FOREIGN_HOST -> GatewayError.forbidden();
          case TOO_LONG -> GatewayError.tooLong();
          case BUSY -> GatewayError.unavailable();
        };
    return response(gateway.refuse(error, head, sourceIp));
  }

  @Override
  public Response respond(RawRequest request, String sourceIp) {
    return response(gateway.handle(request, sourceIp));
  }

  private static Response response(GatewayResponse response) {
    return new Response(response.status(), response.headers(), response.body());
  }
}
