package dev.facet.local.endpoints;

import dev.facet.local.http.LoopbackServer;
import dev.facet.local.http.RawRequest;
import dev.facet.local.http.RawRequest.Header;
import dev.facet.local.http.Response;
import dev.facet.local.lambda.Lambda;
import dev.facet.local.sigv4.SignatureFault;
import dev.facet.local.sigv4.SignatureVerifier;
import java.util.List;

/**
 * One AWS service's API on a loopback port. Requests must be signed with the credentials of this
 * run, so that no other user of the machine can call it.
 */
final class SignedEndpoint implements AutoCloseable {

  private final SignatureVerifier signatures;
  private final LoopbackServer.Responder service;
  private final LoopbackServer server;

  SignedEndpoint(String name, SignatureVerifier signatures, LoopbackServer.Responder service) {
    this.signatures = signatures;
    this.service = service;
    this.server = LoopbackServer.start(name, Lambda.MAX_PAYLOAD_BYTES + 1, this::handle);
  }

  String url() {
    return "http://" + server.address();
  }

  private Response handle(RawRequest request) throws InterruptedException {
    try {
      signatures.verify(request);
    } catch (SignatureFault fault) {
      return error(403, "AccessDeniedException", fault.message());
    }
    return service.handle(request);
  }

  /** Returns an error response that is valid in both the JSON and the REST protocol. */
  static Response error(int status, String type, String message) {
    return new Response(
        status,
        List.of(
            new Header("Content-Type", "application/x-amz-json-1.0"),
            new Header("x-amzn-ErrorType", type)),
        AwsJson.error(type, message));
  }

  @Override
  public void close() {
    server.close();
  }
}
