package dev.facet.face.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faces.wire.FaceEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * The face function's entry point: a command's bytes in, the answer's out ({@link FaceEndpoint}).
 *
 * <p>The networks are loaded, and what is slow at first is made quick, when it is constructed: in
 * the function's init phase.
 */
public final class FaceHandler implements RequestStreamHandler {

  private final FaceEndpoint endpoint;

  /** For Lambda: everything as the environment says ({@link FaceWiring}). */
  public FaceHandler() {
    this(FaceWiring.fromEnvironment().service(), System.out);
  }

  /**
   * A handler in front of a service.
   *
   * @param log where faults of ours are told, a line each: never a command's content
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
    answer.write(endpoint.reply(command.readAllBytes()));
  }

  private static String kind(Throwable fault) {
    Throwable cause = fault.getCause();
    String kind = fault.getClass().getSimpleName();
    return cause == null ? kind : kind + " of " + cause.getClass().getName();
  }
}
