package dev.facet.keys;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.keys.PrincipalDirectory;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/** The IAM users and roles of the caller's account. */
public final class IamPrincipals implements PrincipalDirectory {

  private static final Pattern ARN =
      Pattern.compile("arn:[a-z-]+:iam::\\d{12}:(user|role)/(?:[^/]+/)*([^/]+)");

  private final IamClient client;

  /** Creates a directory of the principals that a client sees. */
  public IamPrincipals(IamClient client) {
    this.client = client;
  }

  /** A principal of IAM. */
  private record Named(String arn, String uniqueId) {}

  @Override
  public String uniqueId(String nameOrArn) {
    Matcher arn = ARN.matcher(nameOrArn);
    boolean isArn = arn.matches();
    Optional<Named> found =
        isArn && arn.group(1).equals("role")
            ? calling(() -> role(arn.group(2)))
            : calling(() -> user(isArn ? arn.group(2) : nameOrArn));
    // an ARN of another account may contain the same name
    return found
        .filter(principal -> !isArn || principal.arn().equals(nameOrArn))
        .map(Named::uniqueId)
        .orElseThrow(() -> new InvalidRequest("There is no principal " + nameOrArn + "."));
  }

  private Optional<Named> user(String name) {
    try {
      var user = client.getUser(get -> get.userName(name)).user();
      return Optional.of(new Named(user.arn(), user.userId()));
    } catch (NoSuchEntityException none) {
      return Optional.empty();
    }
  }

  private Optional<Named> role(String name) {
    try {
      var role = client.getRole(get -> get.roleName(name)).role();
      return Optional.of(new Named(role.arn(), role.roleId()));
    } catch (NoSuchEntityException none) {
      return Optional.empty();
    }
  }
}
