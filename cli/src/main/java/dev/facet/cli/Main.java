package dev.facet.cli;

import dev.facet.client.Credentials;
import dev.facet.client.FacetClient;
import dev.facet.client.FacetException;
import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleException;
import dev.facet.core.faces.FaceExtractor;
import dev.facet.core.faults.Fault;
import dev.facet.vision.TorchFaceExtractor;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The entry point of the {@code ./facet} commands that extract, calibrate or call a service. */
public final class Main {

  private Main() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(execute(Main::extractor, FacetClient::new, out, err, arguments));
  }

  /**
   * Runs one command.
   *
   * @param extractors opens an extractor on a model bundle's folder
   * @param clients creates a client of a service
   * @return 0 for success; 1 for a failure or no match; 2 for an unknown command or option
   */
  static int execute(
      Function<Path, FaceExtractor> extractors,
      Function<Credentials, FacetClient> clients,
      PrintWriter out,
      PrintWriter err,
      String... arguments) {
    return Stream.of(
            new EmbedCommand(extractors, out),
            new CalibrateCommand(extractors, out, err),
            new ServiceCommands(clients, out))
        .map(CommandLine::new)
        .filter(group -> arguments.length > 0 && group.getSubcommands().containsKey(arguments[0]))
        .findFirst()
        .map(group -> execute(group, out, err, arguments))
        .orElse(CommandLine.ExitCode.USAGE);
  }

  private static int execute(
      CommandLine group, PrintWriter out, PrintWriter err, String... arguments) {
    return group
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler(Main::failed)
        .execute(arguments);
  }

  private static FaceExtractor extractor(Path bundle) {
    return new TorchFaceExtractor(Bundle.open(bundle), TorchFaceExtractor.Settings.defaults());
  }

  /** Prints an expected failure as one line; an unexpected exception keeps its stack trace. */
  private static int failed(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) throws Exception {
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
