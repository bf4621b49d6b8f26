package dev.facet.local.administration;

import dev.facet.core.jobs.DeadLetterService;
import dev.facet.core.keys.KeyAdministration;
import dev.facet.keys.DeployedStack;
import dev.facet.local.data.DataFolderInUse;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * The entry point of {@code ./facet keys}, {@code plans}, {@code principals} and {@code dlq}. The
 * data folder's lock determines the process that executes a command: the service that holds the
 * lock, or else this process, which also executes the commands for a deployed stack.
 */
public final class Administer {

  /** Longer than a service takes to start or stop, or to execute a command. */
  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(15);

  private static final Duration RETRY_DELAY = Duration.ofMillis(100);

  private final PrintWriter out;
  private final PrintWriter err;
  private final InstantSource clock;
  private final Function<String, DeployedStack> regions;
  private @Nullable Supplier<KeyAdministration> opened;
  private @Nullable Supplier<DeadLetterService> openedJobs;

  /**
   * @param clock measures the wait for a folder or service
   * @param regions opens the stacks of a region
   */
  Administer(
      PrintWriter out,
      PrintWriter err,
      InstantSource clock,
      Function<String, DeployedStack> regions) {
    this.out = out;
    this.err = err;
    this.clock = clock;
    this.regions = regions;
  }

  /** Executes one command and exits with its status. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(
        new Administer(out, err, InstantSource.system(), DeployedStack::in).execute(arguments));
  }

  /**
   * Executes one command.
   *
   * @return 0 on success, 1 on failure, 2 for an unknown command or option
   */
  int execute(String... arguments) {
    return Commands.commandLine(this::administration, this::deadJobs, out, err)
        .setExecutionStrategy(parsed -> helpOrExecute(parsed, arguments))
        .execute(arguments);
  }

  private int helpOrExecute(ParseResult parsed, String... arguments) {
    Integer helped = CommandLine.executeHelpRequest(parsed);
    return helped == null ? executeOnTarget(parsed, arguments) : helped;
  }

  private int executeOnTarget(ParseResult parsed, String... arguments) {
    Commands place = Commands.of(parsed);
    String stack = place.stack();
    return stack == null
        ? executeInFolder(place.data(), parsed, arguments)
        : executeOnStack(stack, place.region(), parsed);
  }

  private int executeOnStack(String stack, String region, ParseResult parsed) {
    try (DeployedStack stacks = regions.apply(region)) {
      return executeHere(() -> stacks.administration(stack), () -> stacks.deadJobs(stack), parsed);
    }
  }

  private int executeInFolder(Path data, ParseResult parsed, String... arguments) {
    Instant end = clock.instant().plus(BUSY_TIMEOUT);
    while (true) {
      Optional<OpenedFolder> opening = open(data);
      if (opening.isPresent()) {
        try (OpenedFolder folder = opening.get()) {
          return executeHere(folder::administration, folder::deadLetters, parsed);
        }
      }
      Optional<CommandResult> outcome = executeInService(data, arguments);
      if (outcome.isPresent()) {
        return printed(outcome.get());
      }
      if (clock.instant().isAfter(end) || !paused()) {
        return printed(
            new CommandResult(
                1,
                "",
                "facet: the data folder %s is in use, but no service responds.%n".formatted(data)));
      }
    }
  }

  private static Optional<OpenedFolder> open(Path data) {
    try {
      return Optional.of(OpenedFolder.open(data));
    } catch (DataFolderInUse inUse) {
      return Optional.empty();
    }
  }

  private int executeHere(
      Supplier<KeyAdministration> administration,
      Supplier<DeadLetterService> dead,
      ParseResult parsed) {
    opened = administration;
    openedJobs = dead;
    return new CommandLine.RunLast().execute(parsed);
  }

  private static Optional<CommandResult> executeInService(Path data, String... arguments) {
    try {
      return new RunningService(data).execute(arguments);
    } catch (UncheckedIOException unknown) {
      return Optional.of(
          new CommandResult(
              1,
              "",
              "facet: the service did not respond; check with 'list' whether it executed the command.%n"
                  .formatted()));
    }
  }

  private int printed(CommandResult outcome) {
    out.print(outcome.out());
    out.flush();
    err.print(outcome.err());
    err.flush();
    return outcome.status();
  }

  private KeyAdministration administration() {
    if (opened == null) {
      throw new IllegalStateException("nothing was opened");
    }
    return opened.get();
  }

  private DeadLetterService deadJobs() {
    if (openedJobs == null) {
      throw new IllegalStateException("nothing was opened");
    }
    return openedJobs.get();
  }

  private static boolean paused() {
    try {
      Thread.sleep(RETRY_DELAY);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
