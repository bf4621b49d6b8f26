package dev.facet.local.administration;

import dev.facet.core.faults.Fault;
import dev.facet.core.keys.Administration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code keys}, {@code plans} and {@code principals}, whoever executes them. */
@Command(name = "facet", mixinStandardHelpOptions = true)
final class Commands {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "the service's data folder (${DEFAULT-VALUE})")
  private Path data = Path.of(".facet");

  /**
   * The command line.
   *
   * @param administration what commands work on, asked for when one is executed
   */
  static CommandLine line(
      Supplier<Administration> administration, PrintWriter out, PrintWriter err) {
    Output output = new Output(out, err);
    return new CommandLine(new Commands())
        .addMixin("output", output)
        .addSubcommand(new KeysCommand(administration, output))
        .addSubcommand(new PlansCommand(administration, output))
        .addSubcommand(new PrincipalsCommand(administration, output))
        .registerConverter(Path.class, (ITypeConverter<Path>) Path::of)
        .registerConverter(Duration.class, TimeText::parse)
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler(Commands::failed);
  }

  /** The data folder that the arguments name. */
  static Path data(CommandLine.ParseResult parsed) {
    return ((Commands) parsed.commandSpec().root().userObject()).data;
  }

  /** A fault is told in one line; a defect keeps its stack trace. */
  private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (failure instanceof Fault fault) {
      command.getErr().println("facet: " + fault.reason());
      command.getErr().flush();
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw failure;
  }
}
