package dev.facet.local.administration;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.jobs.DeadLetterService;
import dev.facet.core.jobs.DeadLetterService.DeadJob;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command {@code dlq}, for enrolments that failed too often. */
@Command(
    name = "dlq",
    mixinStandardHelpOptions = true,
    description = "Lists, replays and purges enrolments that failed too often (dead letters).")
final class DlqCommand {

  private static final String ALL = "all";

  private final Supplier<DeadLetterService> dead;
  private final Output output;

  DlqCommand(Supplier<DeadLetterService> dead, Output output) {
    this.dead = dead;
    this.output = output;
  }

  @Command(mixinStandardHelpOptions = true, description = "Lists dead letters, oldest first.")
  int list() {
    output.print(
        dead.get().list().stream().map(DlqCommand::view).toList(),
        "sent",
        "state",
        "replay",
        "job");
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Shows a dead letter; its content is encrypted.")
  int show(
      @Parameters(paramLabel = "JOB", description = "job id, as printed by 'dlq list'")
          String job) {
    DeadJob found =
        dead.get().list().stream()
            .filter(it -> it.id() != null && it.id().text().equals(job))
            .findFirst()
            .orElseThrow(() -> none(job));
    output.print(view(found));
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Sends one or all dead letters to the workers again, now.")
  int replay(@Parameters(paramLabel = "JOB|all", description = "job id, or 'all'") String job) {
    return each(job, "replayed", dead.get()::replay);
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Deletes one or all dead letters permanently; their enrolments expire without being"
              + " executed.")
  int purge(@Parameters(paramLabel = "JOB|all", description = "job id, or 'all'") String job) {
    return each(job, "purged", dead.get()::purge);
  }

  private int each(String job, String done, Action action) {
    boolean all = job.equals(ALL);
    int count = action.on(all ? null : job);
    if (count == 0 && !all) {
      throw none(job);
    }
    output.message("%d %s.".formatted(count, done));
    return 0;
  }

  /** An action on one dead letter, or on all if the job is null. */
  private interface Action {
    int on(@Nullable String job);
  }

  private static InvalidRequest none(String job) {
    return new InvalidRequest("There is no dead letter of job " + job + ".");
  }

  private static Map<String, @Nullable Object> view(DeadJob job) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("job", job.id() == null ? null : job.id().text());
    view.put("sent", job.sent().toString());
    view.put(
        "state",
        job.state() == null
            ? "queued"
            : job.state().getClass().getSimpleName().toLowerCase(Locale.ROOT));
    view.put("replay", job.replay() == null ? null : job.replay().toString());
    view.put("application", job.id() == null ? null : job.id().application().toString());
    view.put("bytes", job.bytes());
    return view;
  }
}
