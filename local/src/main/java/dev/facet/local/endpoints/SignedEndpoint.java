package dev.facet.local.endpoints;

import dev.facet.aws.AwsFaults;
import dev.facet.core.faults.StorageUnavailable;
import dev.facet.local.http.LoopbackServer;
import dev.facet.local.http.RawRequest;
import dev.facet.local.http.RawRequest.Header;
import dev.facet.local.http.Response;
import dev.facet.local.lambda.Lambda;
import dev.facet.local.sigv4.SignatureFault;
import dev.facet.local.sigv4.SignatureVerifier;
import java.util.List;
import java.util.Optional;

/**
 * One AWS service's API on a loopback port. Requests must be signed with the credentials of this
 * run, so that no other user of the machine can call it.
 */
final class SignedEndpoint implements AutoCloseable {

  /** An HTTP status of the kind that the AWS SDK does not retry. */
  private static final int INSUFFICIENT_STORAGE = 507;

  private final LoopbackServer server;

  /** Answers signed requests. */
  @FunctionalInterface
  interface Service {
    Response handle(RawRequest request) throws InterruptedException;
  }

  /** Passes signed requests on and refuses all others. */
  private record Guard(SignatureVerifier signatures, Service service)
      implements LoopbackServer.Responder {

    @Override
    public Optional<Response> refuse(RawRequest head) {
      try {
        signatures.verifyHead(head);
        return Optional.empty();
      } catch (SignatureFault fault) {
        return Optional.of(denied(fault));
      }
    }

    @Override
    public Response handle(RawRequest request) throws InterruptedException {
      try {
        signatures.verify(request);
      } catch (SignatureFault fault) {
        return denied(fault);
      }
      try {
        return service.handle(request);
      } catch (StorageUnavailable full) {
        return error(INSUFFICIENT_STORAGE, AwsFaults.STORAGE_UNAVAILABLE, full.reason());
      }
    }

    private static Response denied(SignatureFault fault) {
      return error(403, "AccessDeniedException", fault.message());
    }
  }

  SignedEndpoint(String name, SignatureVerifier signatures, Service service) {
    this.server =
        LoopbackServer.startForAnyHost(
            name, Lambda.MAX_PAYLOAD_BYTES + 1, new Guard(signatures, service));
  }

  String url() {
    return "http://" + server.address();
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
