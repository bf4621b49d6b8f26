package dev.facet.api.http;

import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.KeyGrant;
import java.util.Optional;

/**
 * The checks that all APIs with keys share.
 *
 * @param services authenticate keys and execute commands
 */
public record KeyChecks(Services services) {

  /** Returns whether the decoded body exceeds the deployment's limit. */
  public boolean isTooLong(ApiRequest request) {
    return request.isLargerThan(services.edge().settings().bodyBytes());
  }

  /** Returns the grant of a key for a request and logs its application; empty if refused. */
  public Optional<KeyGrant> grant(ApiRequest request, ApiKey key) {
    Optional<KeyGrant> grant = services.authenticator().admission(key, request.caller());
    grant.ifPresent(
        granted -> request.log().with("applicationId", granted.application().id().toString()));
    return grant;
  }

  /** Returns the request on behalf of the grant's application. */
  public AuthenticatedRequest authenticated(ApiRequest request, KeyGrant grant) {
    return new AuthenticatedRequest(request, grant.application(), services);
  }
}
