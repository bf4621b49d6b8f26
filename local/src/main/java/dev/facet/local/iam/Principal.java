package dev.facet.local.iam;

import dev.facet.local.sigv4.SigningCredentials;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A principal that may sign requests.
 *
 * @param credentials sign the requests
 * @param arn such as {@code arn:aws:iam::000000000000:user/demo}
 * @param uniqueId the permanent id: AIDA… for a user, AROA…:SESSION for a role
 * @param allow the {@code execute-api} resources that it may invoke, {@code *} and {@code ?}
 *     standing for any text and any character; null for all
 */
public record Principal(
    SigningCredentials credentials, String arn, String uniqueId, @Nullable List<String> allow) {

  /** Copies the list. */
  public Principal {
    allow = allow == null ? null : List.copyOf(allow);
  }

  /** Creates a user that may invoke everything. */
  public static Principal user(
      SigningCredentials credentials, String account, String name, String uniqueId) {
    return new Principal(
        credentials, "arn:aws:iam::%s:user/%s".formatted(account, name), uniqueId, null);
  }

  /**
   * Returns whether the principal may invoke a resource.
   *
   * @param resource {@code arn:aws:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/PATH}
   */
  public boolean mayInvoke(String resource) {
    return allow == null || allow.stream().anyMatch(pattern -> Wildcards.match(pattern, resource));
  }
}
