package dev.facet.local.administration;

import dev.facet.core.faults.Fault;
import dev.facet.core.jobs.DeadLetterService;
import dev.facet.core.keys.KeyAdministration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import software.amazon.awssdk.core.exception.SdkException;

/** The commands {@code keys}, {@code plans}, {@code principals} and {@code dlq} in any process. */
@Command(name = "facet", mixinStandardHelpOptions = true)
final class Commands {

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
      description = "AWS region of the stack (default: ${DEFAULT-VALUE})")
  private String region = "ap-southeast-2";

  /**
   * Creates the command line.
   *
   * @param administration the target of the commands, opened when one is executed
   * @param dead the target of {@code dlq}, likewise
   */
  static CommandLine commandLine(
      Supplier<KeyAdministration> administration,
      Supplier<DeadLetterService> dead,
      PrintWriter out,
      PrintWriter err) {
    Output output = new Output(out, err);
    return new CommandLine(new Commands())
        .addMixin("output", output)
        .addSubcommand(new KeysCommand(administration, output))
        .addSubcommand(new PlansCommand(administration, output))
        .addSubcommand(new PrincipalsCommand(administration, output))
        .addSubcommand(new DlqCommand(dead, output))
        .registerConverter(Path.class, (ITypeConverter<Path>) Path::of)
        .registerConverter(Duration.class, TimeText::parse)
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler(Commands::printFailure);
  }

  /** Returns the parsed options that locate the target. */
  static Commands of(CommandLine.ParseResult parsed) {
    return (Commands) parsed.commandSpec().root().userObject();
  }

  /** Returns the data folder. */
  Path data() {
    return data;
  }

  /** Returns the deployed stack; null if the target is a data folder. */
  @Nullable String stack() {
    return stack;
  }

  /** Returns the stack's region. */
  String region() {
    return region;
  }

  /** Prints a fault in a line and AWS's message in another; a defect keeps its stack trace. */
  private static int printFailure(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
    if (failure instanceof Fault fault) {
      command.getErr().println("facet: " + fault.reason());
      if (fault.getCause() instanceof SdkException aws) {
        command.getErr().println("AWS: " + aws.getMessage());
      }
      command.getErr().flush();
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw failure;
  }
}
