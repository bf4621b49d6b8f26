package dev.facet.api.node;

import dev.facet.api.Wiring;
import dev.facet.api.http.ApiResponse;
import dev.facet.api.http.Services;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.jobs.Jobs.Known;

/** {@code GET /node/{version}/enroll/{job}}: returns the state of a queued enrolment. */
public final class JobStateHandler extends NodeEndpoint {

  /** Creates the handler from the function's environment, for Lambda. */
  public JobStateHandler() {
    this(Wiring.fromEnvironment().services());
  }

  /** Creates the handler on the given services. */
  public JobStateHandler(Services services) {
    super(services);
  }

  @Override
  protected ApiResponse answer(NodeRequest exchange) {
    ModelVersion version = exchange.version();
    String job = exchange.job();
    return services()
        .node()
        .jobs()
        .find(job, exchange.application().id(), version)
        .map(known -> NodeResponses.job(format(exchange, known, version), job, known.state()))
        .orElseGet(() -> NodeResponses.refused(404, -1, "No such job"));
  }

  /** Returns the job's format; ids are encrypted with this request's key, not the enrolment's. */
  private static PayloadFormat format(NodeRequest exchange, Known known, ModelVersion version) {
    return switch (known.form()) {
      case PLAIN -> new PayloadFormat.Plain(version);
      case ENCRYPTED -> exchange.encrypted();
    };
  }
}
