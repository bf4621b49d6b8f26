package dev.facet.api.node;

import dev.facet.api.Wiring;
import dev.facet.api.http.ApiResponse;
import dev.facet.api.http.Endpoint;
import dev.facet.api.http.Services;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.jobs.Jobs;
import dev.facet.core.jobs.Jobs.Known;

/** {@code GET /node/{version}/enroll/{job}}: returns the state of a queued enrolment. */
public final class JobStateHandler extends Endpoint<NodeRequest> {

  private final Jobs jobs;

  /** Creates the handler from the function's environment, for Lambda. */
  public JobStateHandler() {
    this(Wiring.fromEnvironment().services());
  }

  /** Creates the handler on the given services. */
  public JobStateHandler(Services services) {
    super(services.edge(), new NodeAccess(services));
    this.jobs = services.node().jobs();
  }

  @Override
  protected ApiResponse handle(NodeRequest request) {
    ModelVersion version = request.version();
    String job = request.job();
    return jobs.find(job, request.application().id(), version)
        .map(known -> NodeResponses.job(format(request, known, version), job, known.state()))
        .orElseGet(() -> NodeResponses.refused(404, -1, "No such job"));
  }

  /** Returns the job's format; ids are encrypted with this request's key, not the enrolment's. */
  private static PayloadFormat format(NodeRequest request, Known known, ModelVersion version) {
    return switch (known.form()) {
      case PLAIN -> request.plain(version);
      case ENCRYPTED -> request.encrypted();
    };
  }
}
