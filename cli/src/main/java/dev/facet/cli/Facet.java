package dev.facet.cli;

import dev.facet.client.Credentials;
import dev.facet.client.FacetClient;
import dev.facet.client.FacetException;
import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleException;
import dev.facet.core.faces.FaceExtractor;
import dev.facet.core.faults.Fault;
import dev.facet.local.Serve;
import dev.facet.local.administration.Administer;
import dev.facet.vision.TorchFaceExtractor;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The command line of Facet: the root of all commands and the entry point of their processes. */
@Command(
    name = "facet",
    mixinStandardHelpOptions = true,
    header = "Facet: a face-identity service for your own machine or AWS account",
    synopsisHeading = "%nUsage: ",
    customSynopsis = "./facet COMMAND [OPTIONS]",
    description = "'./facet COMMAND --help' shows the arguments and options of a command.")
public final class Facet {

  private final Function<Path, FaceExtractor> extractors;
  private final Function<Credentials, FacetClient> clients;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * @param extractors opens an extractor on a model bundle's folder
   * @param clients creates a client of a service
   */
  Facet(
      Function<Path, FaceExtractor> extractors,
      Function<Credentials, FacetClient> clients,
      PrintWriter out,
      PrintWriter err) {
    this.extractors = extractors;
    this.clients = clients;
    this.out = out;
    this.err = err;
  }

  /** Runs one command and exits with its status. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(new Facet(Facet::extractor, FacetClient::new, out, err).execute(arguments));
  }

  /**
   * Runs one command.
   *
   * @return 0 for success; 1 for a failure or no match; 2 for an unknown command or option
   */
  int execute(String... arguments) {
    List<String> names = CommandSection.names();
    // picocli's model of all commands takes longer than the rest of a start; help lists them all
    boolean isOne =
        arguments.length > 0 && names.contains(arguments[0]) && !arguments[0].equals("help");
    return commandLine(isOne ? List.of(arguments[0]) : names).execute(arguments);
  }

  /** Creates the command line with all commands. */
  CommandLine commandLine() {
    return commandLine(CommandSection.names());
  }

  private CommandLine commandLine(List<String> names) {
    CommandLine root = new CommandLine(this);
    CommandSection.listIn(root);
    // before the commands are added, because they would inherit both
    root.setExecutionStrategy(Facet::execute)
        .setExecutionExceptionHandler(
            (failure, command, parsed) ->
                command
                    .getExecutionExceptionHandler()
                    .handleExecutionException(failure, command, parsed));
    names.forEach(name -> root.addSubcommand(command(name)));
    return root.setOut(out).setErr(err);
  }

  private CommandLine command(String name) {
    return switch (name) {
      case "serve" -> Serve.command(home());
      case "applications", "galleries", "keys", "plans", "principals", "dlq", "restore" ->
          Administer.command(name, home(), out, err);
      case "register" -> command(new ServiceCommand.Register(clients, out));
      case "update" -> command(new ServiceCommand.Update(clients, out));
      case "search" -> command(new ServiceCommand.Search(clients, out));
      case "verify" -> command(new ServiceCommand.Verify(clients, out));
      case "delete" -> command(new ServiceCommand.Delete(clients, out));
      case "extract" -> command(new ServiceCommand.Extract(clients, out));
      case "doctor" -> command(new DoctorCommand(clients, home(), System.getenv(), out));
      case "embed" -> command(new EmbedCommand(extractors, out));
      case "calibrate" -> command(new CalibrateCommand(extractors, Facet::extractor, out, err));
      case "test" -> command(new ScriptCommand.Test());
      case "jdk" -> command(new ScriptCommand.Jdk());
      case "help" -> command(new ScriptCommand.Help());
      default -> throw new IllegalArgumentException("no command: " + name);
    };
  }

  private static CommandLine command(Object command) {
    return new CommandLine(command).setExecutionExceptionHandler(Facet::failed);
  }

  private static Path home() {
    return Path.of(System.getProperty("facet.home", "")).toAbsolutePath();
  }

  /** Executes by the strategy of the command that was given, since administration has its own. */
  private static int execute(ParseResult parsed) {
    return parsed.hasSubcommand()
        ? parsed.subcommand().commandSpec().commandLine().getExecutionStrategy().execute(parsed)
        : new CommandLine.RunLast().execute(parsed);
  }

  private static FaceExtractor extractor(Path bundle) {
    return extractor(Bundle.open(bundle));
  }

  private static FaceExtractor extractor(Bundle bundle) {
    return new TorchFaceExtractor(bundle, TorchFaceExtractor.Settings.defaults());
  }

  /** Prints an expected failure as one line; an unexpected exception keeps its stack trace. */
  private static int failed(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    if (failure instanceof FacetException
        || failure instanceof Fault
        || failure instanceof BundleException
        || failure instanceof UnusableArgument) {
      command.getErr().println("facet: " + failure.getMessage());
      return command.getCommandSpec().exitCodeOnExecutionException();
    }
    throw failure;
  }
}
