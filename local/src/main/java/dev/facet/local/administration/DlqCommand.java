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
import picocli.CommandLine.Parameters;

/** The command {@code dlq}, for enrolments that failed too often. */
@Command(
    name = "dlq",
    mixinStandardHelpOptions = true,
    description = "Shows enrolments that failed too often, and has them done again or gone.")
final class DlqCommand {

  private static final String ALL = "all";

  private final Supplier<DeadLetterService> dead;
  private final Output output;

  DlqCommand(Supplier<DeadLetterService> dead, Output output) {
    this.dead = dead;
    this.output = output;
  }

  @Command(mixinStandardHelpOptions = true, description = "Lists them, oldest first.")
  int list() {
    output.print(dead.get().list().stream().map(DlqCommand::view).toList(), "sent", "state", "job");
    return 0;
  }

  @Command(mixinStandardHelpOptions = true, description = "Shows one; its content is sealed.")
  int show(@Parameters(paramLabel = "JOB", description = "the job's id") String job) {
    output.print(view(chosen(job).getFirst()));
    return 0;
  }

  @Command(mixinStandardHelpOptions = true, description = "Has one or all done again.")
  int replay(@Parameters(paramLabel = "JOB|all", description = "the job's id") String job) {
    return each(job, "given to the workers again", dead.get()::replay);
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Does away with one or all for good: nobody is enrolled by them any more.")
  int purge(@Parameters(paramLabel = "JOB|all", description = "the job's id") String job) {
    return each(job, "gone", dead.get()::purge);
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
      throw new InvalidRequest("There is no dead job " + job + ".");
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
