package dev.facet.local.administration;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.jobs.DeadLetterService;
import dev.facet.core.jobs.DeadLetterService.DeadJob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    output.print(dead.get().list().stream().map(DlqCommand::view).toList(), "sent", "state", "job");
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Shows a dead letter; its content is encrypted.")
  int show(
      @Parameters(paramLabel = "JOB", description = "job id, as printed by 'dlq list'")
          String job) {
    output.print(view(chosen(job).getFirst()));
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Sends one or all dead letters to the workers again.")
  int replay(@Parameters(paramLabel = "JOB|all", description = "job id, or 'all'") String job) {
    return each(job, "replayed", dead.get()::replay);
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Deletes one or all dead letters permanently; their enrolments will not be executed.")
  int purge(
      @Parameters(paramLabel = "JOB|all", description = "job id, or 'all'") String job,
      @Mixin Confirmation confirmation) {
    return each(job, "purged", dead.get()::purge);
  }

  private int each(String job, String done, Consumer<DeadJob> action) {
    List<DeadJob> chosen = chosen(job);
    chosen.forEach(action);
    output.message("%d %s.".formatted(chosen.size(), done));
    return 0;
  }

  private List<DeadJob> chosen(String job) {
    List<DeadJob> jobs =
        dead.get().list().stream()
            .filter(it -> job.equals(ALL) || (it.id() != null && it.id().text().equals(job)))
            .toList();
    if (jobs.isEmpty() && !job.equals(ALL)) {
      throw new InvalidRequest("There is no dead letter of job " + job + ".");
    }
    return jobs;
  }

  private static Map<String, @Nullable Object> view(DeadJob job) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("job", job.id() == null ? null : job.id().text());
    view.put("sent", job.letter().sent().toString());
    view.put(
        "state",
        job.state() == null
            ? "queued"
            : job.state().getClass().getSimpleName().toLowerCase(Locale.ROOT));
    view.put("application", job.id() == null ? null : job.id().application().toString());
    view.put("bytes", job.letter().message().length());
    return view;
  }
}
