package dev.facet.local.administration;

import dev.facet.core.bundle.BundleException;
import dev.facet.core.erasure.ApplicationErasure;
import dev.facet.core.faces.GalleryAudit;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.Fault;
import dev.facet.core.jobs.DeadLetterService;
import dev.facet.core.keys.KeyAdministration;
import dev.facet.core.restore.Restore;
import dev.facet.local.data.DataFolderUnusable;
import dev.facet.local.data.PathText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.TypeConversionException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The commands {@code applications}, {@code galleries}, {@code keys}, {@code plans}, {@code
 * principals}, {@code dlq} and {@code restore} in any process.
 */
@Command(name = "facet", mixinStandardHelpOptions = true)
final class Commands {

  private Commands() {}

  /**
   * Creates a command line of these commands alone, for a running service: it refuses a restore.
   *
   * @param administration the target of the commands, opened when one is executed
   * @param dead the target of {@code dlq}, likewise
   * @param erasure the target of {@code applications erase}, likewise
   * @param galleries the target of {@code galleries}, likewise
   */
  static CommandLine commandLine(
      Supplier<KeyAdministration> administration,
      Supplier<DeadLetterService> dead,
      Supplier<ApplicationErasure> erasure,
      Supplier<GalleryAudit> galleries,
      PrintWriter out,
      PrintWriter err) {
    return commandLine(
        new Target(),
        administration,
        dead,
        erasure,
        galleries,
        Commands::noRestoreWhileRunning,
        out,
        err);
  }

  /**
   * Creates a command line of these commands alone.
   *
   * @param target receives the options that locate the target
   * @param restore the target of {@code restore}, opened when it is executed
   */
  static CommandLine commandLine(
      Target target,
      Supplier<KeyAdministration> administration,
      Supplier<DeadLetterService> dead,
      Supplier<ApplicationErasure> erasure,
      Supplier<GalleryAudit> galleries,
      Supplier<Restore> restore,
      PrintWriter out,
      PrintWriter err) {
    CommandLine root =
        new CommandLine(new Commands())
            .setOut(out)
            .setErr(err)
            .setExecutionExceptionHandler(Commands::printFailure);
    Stream.of("applications", "galleries", "keys", "plans", "principals", "dlq", "restore")
        .map(
            name ->
                command(name, target, administration, dead, erasure, galleries, restore, out, err))
        .forEach(root::addSubcommand);
    return root;
  }

  /**
   * Creates one command, for a root to add.
   *
   * @param name the command's name
   * @param target receives the options that locate the target
   * @param administration the target of the command, opened when it is executed
   * @param dead the target of {@code dlq}, likewise
   * @param erasure the target of {@code applications erase}, likewise
   * @param galleries the target of {@code galleries}, likewise
   * @param restore the target of {@code restore}, likewise
   */
  static CommandLine command(
      String name,
      Target target,
      Supplier<KeyAdministration> administration,
      Supplier<DeadLetterService> dead,
      Supplier<ApplicationErasure> erasure,
      Supplier<GalleryAudit> galleries,
      Supplier<Restore> restore,
      PrintWriter out,
      PrintWriter err) {
    Output output = new Output(out, err);
    Object command =
        switch (name) {
          case "applications" ->
              new ApplicationsCommand(administration, erasure, galleries, output);
          case "galleries" -> new GalleriesCommand(administration, galleries, output);
          case "keys" -> new KeysCommand(administration, output);
          case "plans" -> new PlansCommand(administration, output);
          case "principals" -> new PrincipalsCommand(administration, output);
          case "dlq" -> new DlqCommand(dead, output);
          case "restore" -> new RestoreCommand(restore, output);
          default -> throw new IllegalArgumentException("no administration command: " + name);
        };
    return new CommandLine(command)
        .addMixin("target", target)
        .addMixin("output", output)
        .registerConverter(Path.class, PathText::parse)
        .registerConverter(UUID.class, Commands::parseId)
        .registerConverter(Duration.class, TimeText::parse)
        .registerConverter(Instant.class, TimeText::parseDate)
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler(Commands::printFailure);
  }

  private static Restore noRestoreWhileRunning() {
    throw new InvalidRequest("A service runs on this data folder: stop it before a restore.");
  }

  private static UUID parseId(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "'%s' is not an id; 'keys list' prints the ids".formatted(text));
    }
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
    if (failure instanceof DataFolderUnusable || failure instanceof BundleException) {
      command.getErr().println("facet: " + failure.getMessage());
      command.getErr().flush();
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw failure;
  }
}
