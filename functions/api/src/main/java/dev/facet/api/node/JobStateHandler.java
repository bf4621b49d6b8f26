package dev.facet.api.node;

import dev.facet.api.Wiring;
import dev.facet.api.http.Reply;
import dev.facet.api.http.Services;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.jobs.Jobs.Known;

/** {@code GET /node/{version}/enroll/{job}}: what became of an enrolment that was queued. */
public final class JobStateHandler extends NodeEndpoint {

  /** For Lambda. */
  public JobStateHandler() {
    this(Wiring.fromEnvironment().services());
  }

  /** On services made elsewhere. */
  public JobStateHandler(Services services) {
    super(services);
  }

  @Override
  protected Reply answer(NodeExchange exchange) {
    ModelVersion version = exchange.version();
    String job = exchange.job();
    return services()
        .node()
        .jobs()
        .find(job, exchange.application().id(), version)
        .map(known -> NodeReplies.job(dialect(exchange, known, version), job, known.state()))
        .orElseGet(() -> NodeReplies.refused(404, -1, "No such job"));
  }

  /** Ids are encrypted under the key of this request, not of the one that enrolled. */
  private static Dialect dialect(NodeExchange exchange, Known known, ModelVersion version) {
    return switch (known.form()) {
      case PLAIN -> new Dialect.Plain(version);
      case ENCRYPTED -> exchange.encrypted();
    };
  }
}
