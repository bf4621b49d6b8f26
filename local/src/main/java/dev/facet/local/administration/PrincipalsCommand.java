package dev.facet.local.administration;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.keys.KeyAdministration;
import dev.facet.local.iam.Principal;
import dev.facet.local.iam.Users;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code principals}, for signers of a local service; on AWS, IAM manages them. */
@Command(
    name = "principals",
    mixinStandardHelpOptions = true,
    description =
        "Creates, lists and deletes IAM principals that may sign requests to a local service.")
final class PrincipalsCommand {

  private final Supplier<KeyAdministration> administration;
  private final Output output;

  PrincipalsCommand(Supplier<KeyAdministration> administration, Output output) {
    this.administration = administration;
    this.output = output;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Creates a user with an access key and prints both, the secret only this once.")
  int create(
      @Option(
              names = "--name",
              paramLabel = "N",
              required = true,
              description = "user name: 1 to 64 letters, digits or +=,.@_-")
          String name) {
    Principal user = users().create(name);
    Map<String, @Nullable Object> view = view(user);
    view.put("secretAccessKey", user.credentials().secretAccessKey());
    output.print(view);
    return 0;
  }

  @Command(mixinStandardHelpOptions = true, description = "Lists all principals.")
  int list() {
    List<Map<String, @Nullable Object>> principals =
        users().list().stream().map(PrincipalsCommand::view).toList();
    output.print(principals, "arn", "principalId", "accessKeyId");
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Deletes a principal; requests that it signs are refused at once.")
  int delete(
      @Parameters(paramLabel = "ARN|NAME", description = "ARN or user name") String nameOrArn) {
    users().delete(nameOrArn);
    output.message("Principal %s is deleted.".formatted(nameOrArn));
    return 0;
  }

  private Users users() {
    if (administration.get().principals() instanceof Users users) {
      return users;
    }
    throw new InvalidRequest("The principals of a stack are managed by IAM: use 'aws iam'.");
  }

  private static Map<String, @Nullable Object> view(Principal principal) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("arn", principal.arn());
    view.put("principalId", principal.uniqueId());
    view.put("accessKeyId", principal.credentials().accessKeyId());
    return view;
  }
}
