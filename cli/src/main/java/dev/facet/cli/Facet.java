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
import java.util.function.Function;
import java.util.stream.Stream;
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

  private Facet() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(commandLine(Facet::extractor, FacetClient::new, out, err).execute(arguments));
  }

  /**
   * Creates the command line. It returns 0 for success, 1 for a failure or no match, and 2 for an
   * unknown command or option.
   *
   * @param extractors opens an extractor on a model bundle's folder
   * @param clients creates a client of a service
   */
  static CommandLine commandLine(
      Function<Path, FaceExtractor> extractors,
      Function<Credentials, FacetClient> clients,
      PrintWriter out,
      PrintWriter err) {
    Path home = Path.of(System.getProperty("facet.home", "")).toAbsolutePath();
    CommandLine root = new CommandLine(new Facet());
    CommandSection.listIn(root);
    // before the commands are added, because they would inherit both
    root.setExecutionStrategy(Facet::execute)
        .setExecutionExceptionHandler(
            (failure, command, parsed) ->
                command
                    .getExecutionExceptionHandler()
                    .handleExecutionException(failure, command, parsed));
    root.addSubcommand(Serve.command(home));
    Administer.commands(out, err).forEach(root::addSubcommand);
    Stream.of(
            new ServiceCommand.Register(clients, out),
            new ServiceCommand.Update(clients, out),
            new ServiceCommand.Search(clients, out),
            new ServiceCommand.Verify(clients, out),
            new ServiceCommand.Delete(clients, out),
            new ServiceCommand.Extract(clients, out),
            new EmbedCommand(extractors, out),
            new CalibrateCommand(extractors, out, err),
            new ScriptCommand.Jdk(),
            new ScriptCommand.Help())
        .map(command -> new CommandLine(command).setExecutionExceptionHandler(Facet::failed))
        .forEach(root::addSubcommand);
    return root.setOut(out).setErr(err);
  }

  /** Executes by the strategy of the command that was given, since administration has its own. */
  private static int execute(ParseResult parsed) {
    return parsed.hasSubcommand()
        ? parsed.subcommand().commandSpec().commandLine().getExecutionStrategy().execute(parsed)
        : new CommandLine.RunLast().execute(parsed);
  }

  private static FaceExtractor extractor(Path bundle) {
    return new TorchFaceExtractor(Bundle.open(bundle), TorchFaceExtractor.Settings.defaults());
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
