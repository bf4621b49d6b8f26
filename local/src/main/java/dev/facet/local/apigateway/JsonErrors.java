package dev.facet.local.apigateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Error responses for malformed HTTP requests, as JSON and without server internals. */
final class JsonErrors extends ErrorHandler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.write(true, message(response.getStatus()), callback);
    return true;
  }

  private static ByteBuffer message(int status) {
    String message = status == 500 ? "Internal server error" : HttpStatus.getMessage(status);
    return UTF_8.encode(JsonNodeFactory.instance.objectNode().put("message", message).toString());
  }
}
