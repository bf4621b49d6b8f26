package dev.facet.face.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.facet.aws.lambda.Ping;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faces.wire.FaceEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * The face function's entry point: decodes a command and encodes its answer ({@link FaceEndpoint}).
 *
 * <p>The constructor loads the networks and warms up the code, so that both happen in the
 * function's init phase.
 */
public final class FaceHandler implements RequestStreamHandler {

  private final FaceEndpoint endpoint;

  /** Creates the handler from the function's environment ({@link FaceWiring}), for Lambda. */
  public FaceHandler() {
    this(FaceWiring.fromEnvironment().service(), System.out);
  }

  /**
   * Creates a handler in front of a service.
   *
   * @param log receives one line per internal fault, without the command's content
   */
  FaceHandler(FaceService service, PrintStream log) {
    this.endpoint =
        new FaceEndpoint(
            service,
            fault -> log.println("{\"level\":\"ERROR\",\"fault\":\"" + kind(fault) + "\"}"));
  }

  @Override
  public void handleRequest(InputStream command, OutputStream answer, Context context)
      throws IOException {
    carryOut(command, answer);
  }

  void carryOut(InputStream command, OutputStream answer) throws IOException {
    byte[] bytes = command.readAllBytes();
    if (!Ping.isPing(bytes)) {
      answer.write(endpoint.reply(bytes));
    }
  }

  private static String kind(Throwable fault) {
    Throwable cause = fault.getCause();
    String kind = fault.getClass().getSimpleName();
    return cause == null ? kind : kind + " of " + cause.getClass().getName();
  }
}
