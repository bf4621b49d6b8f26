package dev.facet.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;

/**
 * A handler behind Lambda's own serialisation: what it is given and what it answers are the same
 * bytes here and there.
 */
public final class Function {

  private final String name;
  private final RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> handler;
  private final PojoSerializer<APIGatewayProxyRequestEvent> requests =
      serializer(APIGatewayProxyRequestEvent.class);
  private final PojoSerializer<APIGatewayProxyResponseEvent> responses =
      serializer(APIGatewayProxyResponseEvent.class);

  /** A function that runs a handler. */
  public Function(
      String name,
      RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> handler) {
    this.name = name;
    this.handler = handler;
  }

  /** The function's name. */
  public String name() {
    return name;
  }

  /** Runs the handler on an event, both as JSON; what the handler throws is thrown. */
  byte[] run(byte[] event, Context context) {
    APIGatewayProxyRequestEvent request = requests.fromJson(new ByteArrayInputStream(event));
    ByteArrayOutputStream reply = new ByteArrayOutputStream();
    responses.toJson(handler.handleRequest(request, context), reply);
    return reply.toByteArray();
  }

  private static <T> PojoSerializer<T> serializer(Class<T> type) {
    return LambdaEventSerializers.serializerFor(type, Function.class.getClassLoader());
  }
}
