package dev.facet.local.administration;

import dev.facet.core.restore.Restore;
import dev.facet.core.restore.RestoreReport;
import dev.facet.core.subjects.SubjectId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code restore}, which completes the restore of a data table from a backup. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description =
        "Completes a restore from a backup: deletes again who was deleted since, rebuilds the"
            + " galleries, then admits requests.")
final class RestoreCommand implements Callable<Integer> {

  private final Supplier<Restore> restore;
  private final Output output;

  @SuppressWarnings("UnusedVariable") // its option is asked for before the command runs
  @Mixin
  private final Confirmation confirmation = new Confirmation();

  RestoreCommand(Supplier<Restore> restore, Output output) {
    this.restore = restore;
    this.output = output;
  }

  @Override
  public Integer call() {
    RestoreReport report = restore.get().run();
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("galleries", report.galleries());
    view.put("subjects", report.subjects());
    view.put("templates", report.templates());
    view.put("deleted", report.deleted());
    view.put("replaced", report.replaced().stream().map(SubjectId::value).toList());
    view.put("spared", report.spared());
    view.put("applications", report.applications());
    view.put("identifiers", report.identifiers());
    view.put("photos", report.photos());
    view.put("orphans", report.orphans());
    view.put("ledger", report.ledger());
    output.print(view);
    output.message("The restore is complete, and requests are admitted.");
    if (!report.replaced().isEmpty()) {
      output.message(
          "%d subjects had only templates that were replaced later: enrol them again (replaced)."
              .formatted(report.replaced().size()));
    }
    if (report.orphans() > 0) {
      output.message(
          "%d photos have no subject; they are erased in %d days (orphans)."
              .formatted(report.orphans(), Restore.ORPHANS_KEPT.toDays()));
    }
    return 0;
  }
}
