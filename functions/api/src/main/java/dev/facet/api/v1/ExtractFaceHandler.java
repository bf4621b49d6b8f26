package dev.facet.api.v1;

import dev.facet.api.Wiring;
import dev.facet.api.http.Exchange;
import dev.facet.api.http.KeyedEndpoint;
import dev.facet.api.http.Reply;
import dev.facet.api.http.Services;
import dev.facet.core.faces.FaceCommand.Extract;

/** {@code POST /v1/face/extract}: describes the faces of a photo. */
public final class ExtractFaceHandler extends KeyedEndpoint {

  /** For Lambda. */
  public ExtractFaceHandler() {
    this(Wiring.fromEnvironment().services());
  }

  /** On services made elsewhere. */
  public ExtractFaceHandler(Services services) {
    super(services);
  }

  @Override
  protected Reply answer(Exchange exchange) {
    String faces = exchange.body().text("faces");
    return Reply.of(200, Bodies.faces(ask(new Extract(exchange.read(), faces)).faces()));
  }
}
