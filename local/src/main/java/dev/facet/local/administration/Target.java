package dev.facet.local.administration;

import dev.facet.keys.StackRegion;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that locate the data folder or the deployed stack of an administration command. */
final class Target {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "data folder of a local service (default: ${DEFAULT-VALUE})")
  private Path data = Path.of(".facet");

  @Option(
      names = "--stack",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "name of a deployed CloudFormation stack, instead of a data folder")
  private @Nullable String stack;

  @Option(
      names = "--region",
      paramLabel = "R",
      scope = ScopeType.INHERIT,
      description = StackRegion.DESCRIPTION)
  private @Nullable String region;

  /** Returns the data folder. */
  Path data() {
    return data;
  }

  /** Returns the deployed stack; null if the target is a data folder. */
  @Nullable String stack() {
    return stack;
  }

  /** Returns the option for the stack's region; null without the option. */
  @Nullable String region() {
    return region;
  }
}
