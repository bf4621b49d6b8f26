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
 * A handler behind Lambda's own serialization, so that its input and output are the same bytes as
 * on Lambda.
 */
public final class Function {

  private final String name;
  private final Running running;

  /** A handler with its serialization. */
  private interface Running {
    byte[] run(byte[] event, Context context);
  }

  private Function(String name, Running running) {
    this.name = name;
    this.running = running;
  }

  /** Creates a function from a handler of API Gateway's requests. */
  public Function(
      String name,
      RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> handler) {
    this(
        name,
        running(handler, APIGatewayProxyRequestEvent.class, APIGatewayProxyResponseEvent.class));
  }

  /** Creates a function from a handler of other events. */
  public static <I, O> Function of(
      String name, RequestHandler<I, O> handler, Class<I> event, Class<O> response) {
    return new Function(name, running(handler, event, response));
  }

  /** Returns the function's name. */
  public String name() {
    return name;
  }

  /** Runs the handler; event and response are JSON, and the handler's exceptions are rethrown. */
  byte[] run(byte[] event, Context context) {
    return running.run(event, context);
  }

  private static <I, O> Running running(
      RequestHandler<I, O> handler, Class<I> event, Class<O> response) {
    PojoSerializer<I> events = serializer(event);
    PojoSerializer<O> responses = serializer(response);
    return (bytes, context) -> {
      ByteArrayOutputStream reply = new ByteArrayOutputStream();
      I request = events.fromJson(new ByteArrayInputStream(bytes));
      responses.toJson(handler.handleRequest(request, context), reply);
      return reply.toByteArray();
    };
  }

  private static <T> PojoSerializer<T> serializer(Class<T> type) {
    return LambdaEventSerializers.serializerFor(type, Function.class.getClassLoader());
  }
}
