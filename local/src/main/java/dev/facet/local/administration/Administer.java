package dev.facet.local.administration;

import dev.facet.core.bundle.InstalledBundles;
import dev.facet.core.erasure.ApplicationErasure;
import dev.facet.core.faces.GalleryAudit;
import dev.facet.core.faces.ImageBundles;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.jobs.DeadLetterService;
import dev.facet.core.keys.KeyAdministration;
import dev.facet.core.restore.Restore;
import dev.facet.keys.DeployedStack;
import dev.facet.local.data.DataFolderInUse;
import dev.facet.local.data.DataFolderUnusable;
import dev.facet.vision.TorchBundles;
import dev.facet.vision.TorchFaceExtractor;
import java.io.Console;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
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
 * Executes the commands {@code applications}, {@code galleries}, {@code keys}, {@code plans},
 * {@code principals}, {@code dlq} and {@code restore}. The data folder's lock determines the
 * process that executes a command: the service that holds the lock, or else this process, which
 * also executes the commands for a deployed stack.
 */
public final class Administer {

  /** Longer than a service takes to start or stop, or to execute a command. */
  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(15);

  private static final Duration RETRY_DELAY = Duration.ofMillis(100);

  private final PrintWriter out;
  private final PrintWriter err;
  private final InstantSource clock;
  private final Function<@Nullable String, DeployedStack> regions;
  private final Confirmation.Terminal terminal;
  private final Supplier<ImageBundles> bundles;
  private final Target target = new Target();
  private @Nullable Supplier<KeyAdministration> opened;
  private @Nullable Supplier<DeadLetterService> openedJobs;
  private @Nullable Supplier<ApplicationErasure> openedErasure;
  private @Nullable Supplier<GalleryAudit> openedGalleries;
  private @Nullable Supplier<Restore> openedRestore;

  /**
   * @param clock measures the wait for a folder or service
   * @param regions opens the stacks of a region, which is null without {@code --region}
   * @param terminal confirms what cannot be undone
   * @param bundles the model bundles of this installation, opened when one is needed
   */
  Administer(
      PrintWriter out,
      PrintWriter err,
      InstantSource clock,
      Function<@Nullable String, DeployedStack> regions,
      Confirmation.Terminal terminal,
      Supplier<ImageBundles> bundles) {
    this.bundles = bundles;
    this.out = out;
    this.err = err;
    this.clock = clock;
    this.regions = regions;
    this.terminal = terminal;
  }

  /**
   * Creates a command for a root to add. The root has to execute it by the command's own execution
   * strategy, which needs the parse result of the root.
   *
   * @param name {@code applications}, {@code galleries}, {@code keys}, {@code plans}, {@code
   *     principals}, {@code dlq} or {@code restore}
   * @param home Facet's installation folder
   */
  public static CommandLine command(String name, Path home, PrintWriter out, PrintWriter err) {
    Administer here =
        new Administer(
            out,
            err,
            InstantSource.system(),
            DeployedStack::in,
            Administer::askedAtConsole,
            once(
                () ->
                    new TorchBundles(
                        InstalledBundles.folders(home), TorchFaceExtractor.Settings.defaults())));
    return Commands.command(
            name,
            here.target,
            here::administration,
            here::deadJobs,
            here::erasure,
            here::galleries,
            here::restore,
            out,
            err)
        .setExecutionStrategy(here::helpOrExecute);
  }

  /**
   * Executes one command.
   *
   * @return 0 on success, 1 on failure, 2 for an unknown command or option
   */
  int execute(String... arguments) {
    return Commands.commandLine(
            target,
            this::administration,
            this::deadJobs,
            this::erasure,
            this::galleries,
            this::restore,
            out,
            err)
        .setExecutionStrategy(this::helpOrExecute)
        .execute(arguments);
  }

  private int helpOrExecute(ParseResult parsed) {
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return helped;
    }
    return Confirmation.isMissing(parsed) ? confirmed(parsed) : executeOnTarget(parsed);
  }

  /** Executes a command that cannot be undone after a question, or refuses it. */
  private int confirmed(ParseResult parsed) {
    String name = Confirmation.name(parsed);
    Boolean answer =
        terminal.confirms("'%s' cannot be undone. Type yes to do it: ".formatted(name));
    if (answer == null) {
      return printed(
          new CommandResult(
              CommandLine.ExitCode.USAGE,
              "",
              "facet: '%s' cannot be undone; add %s to do it.%n"
                  .formatted(name, Confirmation.YES)));
    }
    return answer
        ? executeOnTarget(parsed)
        : printed(new CommandResult(1, "", "facet: nothing was done.%n".formatted()));
  }

  /** Opens bundles at most once. */
  private static Supplier<ImageBundles> once(Supplier<ImageBundles> open) {
    return new Supplier<>() {
      private @Nullable ImageBundles bundles;

      @Override
      public synchronized ImageBundles get() {
        ImageBundles opened = bundles == null ? open.get() : bundles;
        bundles = opened;
        return opened;
      }
    };
  }

  @SuppressWarnings("SystemConsoleNull") // NullAway takes it for nullable
  private static @Nullable Boolean askedAtConsole(String question) {
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      return null;
    }
    String answer = console.readLine("%s", question);
    return answer != null && answer.strip().equals("yes");
  }

  private int executeOnTarget(ParseResult parsed) {
    String stack = target.stack();
    return stack == null
        ? executeInFolder(target.data(), parsed, parsed.originalArgs().toArray(String[]::new))
        : executeOnStack(stack, target.region(), parsed);
  }

  private int executeOnStack(String stack, @Nullable String region, ParseResult parsed) {
    DeployedStack opening;
    try {
      opening = regions.apply(region);
    } catch (InvalidRequest noRegion) {
      return printed(
          new CommandResult(
              CommandLine.ExitCode.USAGE, "", "facet: %s%n".formatted(noRegion.getMessage())));
    }
    try (DeployedStack stacks = opening) {
      return executeHere(
          () -> stacks.administration(stack),
          () -> stacks.deadJobs(stack),
          () -> stacks.erasure(stack),
          () -> stacks.galleries(stack, bundles),
          () -> stacks.restore(stack),
          parsed);
    }
  }

  private int executeInFolder(Path data, ParseResult parsed, String... arguments) {
    try {
      return executeWhereOpen(data, parsed, arguments);
    } catch (DataFolderUnusable unusable) {
      return printed(new CommandResult(1, "", "facet: %s%n".formatted(unusable.getMessage())));
    }
  }

  private int executeWhereOpen(Path data, ParseResult parsed, String... arguments) {
    Instant end = clock.instant().plus(BUSY_TIMEOUT);
    while (true) {
      Optional<OpenedFolder> opening = open(data);
      if (opening.isPresent()) {
        try (OpenedFolder folder = opening.get()) {
          return executeHere(
              folder::administration,
              folder::deadLetters,
              folder::erasure,
              () -> folder.galleries(bundles),
              folder::restore,
              parsed);
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
      Supplier<ApplicationErasure> erasure,
      Supplier<GalleryAudit> galleries,
      Supplier<Restore> restore,
      ParseResult parsed) {
    opened = administration;
    openedJobs = dead;
    openedErasure = erasure;
    openedGalleries = galleries;
    openedRestore = restore;
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

  private ApplicationErasure erasure() {
    if (openedErasure == null) {
      throw new IllegalStateException("nothing was opened");
    }
    return openedErasure.get();
  }

  private GalleryAudit galleries() {
    if (openedGalleries == null) {
      throw new IllegalStateException("nothing was opened");
    }
    return openedGalleries.get();
  }

  private Restore restore() {
    if (openedRestore == null) {
      throw new IllegalStateException("nothing was opened");
    }
    return openedRestore.get();
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
