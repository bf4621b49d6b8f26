package dev.facet.cli.doctor.aws;

import dev.facet.cli.doctor.stack.FunctionPort;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.PackageType;
import software.amazon.awssdk.services.lambda.model.ProvisionedConcurrencyConfigNotFoundException;
import software.amazon.awssdk.services.lambda.model.SnapStartOptimizationStatus;
import software.amazon.awssdk.services.lambda.model.SnapStartResponse;

/** {@link FunctionPort} on Lambda. */
public final class AwsFunctions implements FunctionPort {

  private final LambdaClient client;

  /** Creates access to the functions of a Region. */
  public AwsFunctions(LambdaClient client) {
    this.client = client;
  }

  @Override
  public Quota quota() {
    return Reading.of(
        "the account's Lambda settings",
        () -> new Quota(client.getAccountSettings(_ -> {}).accountLimit().concurrentExecutions()));
  }

  @Override
  public OptionalInt reserved(String function) {
    return Reading.of(
        "function " + function,
        () ->
            optional(
                client
                    .getFunctionConcurrency(get -> get.functionName(function))
                    .reservedConcurrentExecutions()));
  }

  @Override
  public OptionalInt provisioned(String alias) {
    return Reading.of(
        "alias " + alias,
        () -> {
          try {
            return optional(
                client
                    .getProvisionedConcurrencyConfig(
                        get -> get.functionName(function(alias)).qualifier(qualifier(alias)))
                    .requestedProvisionedConcurrentExecutions());
          } catch (ProvisionedConcurrencyConfigNotFoundException none) {
            return OptionalInt.empty();
          }
        });
  }

  @Override
  public Version version(String alias) {
    return Reading.of(
        "alias " + alias,
        () -> {
          String version =
              client
                  .getAlias(get -> get.functionName(function(alias)).name(qualifier(alias)))
                  .functionVersion();
          GetFunctionConfigurationResponse found =
              client.getFunctionConfiguration(
                  get -> get.functionName(function(alias)).qualifier(version));
          return new Version(
              version,
              String.valueOf(found.stateAsString()),
              isSnapshot(found.snapStart()),
              found.packageType() == PackageType.IMAGE);
        });
  }

  private static boolean isSnapshot(@Nullable SnapStartResponse snapStart) {
    return snapStart != null && snapStart.optimizationStatus() == SnapStartOptimizationStatus.ON;
  }

  private static OptionalInt optional(@Nullable Integer number) {
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private static String function(String alias) {
    return alias.substring(0, alias.lastIndexOf(':'));
  }

  private static String qualifier(String alias) {
    return alias.substring(alias.lastIndexOf(':') + 1);
  }
}
