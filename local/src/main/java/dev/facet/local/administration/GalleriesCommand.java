package dev.facet.local.administration;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.faces.GalleryAudit;
import dev.facet.core.faces.GalleryAudit.Audit;
import dev.facet.core.faces.GalleryAudit.Finding;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.keys.KeyAdministration;
import dev.facet.core.subjects.SubjectId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code galleries}, for enrolled templates. */
@Command(
    name = "galleries",
    mixinStandardHelpOptions = true,
    description =
        "Audits galleries of photos for faces that cannot be measured, and excludes them.")
final class GalleriesCommand {

  private final Supplier<KeyAdministration> administration;
  private final Supplier<GalleryAudit> galleries;
  private final Output output;

  GalleriesCommand(
      Supplier<KeyAdministration> administration, Supplier<GalleryAudit> galleries, Output output) {
    this.administration = administration;
    this.galleries = galleries;
    this.output = output;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Lists subjects to photograph again: state 'certain' if the kept photo or the stored norm"
              + " shows that the face cannot be measured, 'unknown' if neither can tell. Writes"
              + " nothing, unless subjects are excluded or included.")
  int audit(
      @Option(
              names = "--application",
              paramLabel = "ID",
              description = "only this application's gallery (default: all)")
          @Nullable UUID application,
      @Option(
              names = "--exclude",
              paramLabel = "ID",
              arity = "1..*",
              description = "let these subjects match nothing; they stay enrolled")
          @Nullable List<String> exclude,
      @Option(
              names = "--include",
              paramLabel = "ID",
              arity = "1..*",
              description = "let these excluded subjects match again")
          @Nullable List<String> include) {
    List<ApplicationId> applications = applications(application);
    if (exclude != null || include != null) {
      change(applications, exclude == null ? List.of() : exclude, true);
      change(applications, include == null ? List.of() : include, false);
      return 0;
    }
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    long subjects = 0;
    for (ApplicationId id : applications) {
      Audit audit = galleries.get().audit(id);
      subjects += audit.subjects();
      audit.findings().forEach(finding -> rows.add(view(id, finding)));
    }
    output.print(rows, "application", "id", "state", "reason", "excluded");
    output.message("%d of %d subjects are listed.".formatted(rows.size(), subjects));
    return 0;
  }

  private List<ApplicationId> applications(@Nullable UUID only) {
    return only == null
        ? administration.get().applications().list().stream().map(Application::id).toList()
        : List.of(administration.get().applications().get(new ApplicationId(only)).id());
  }

  /** Changes all subjects, after each was found. */
  private void change(List<ApplicationId> applications, List<String> subjects, boolean exclude) {
    Map<SubjectId, ApplicationId> owners = new LinkedHashMap<>();
    for (String subject : subjects) {
      SubjectId id = new SubjectId(subject);
      owners.put(id, owner(applications, id));
    }
    owners.forEach((id, owner) -> galleries.get().exclude(owner, id, exclude));
    if (!subjects.isEmpty()) {
      output.message("%d %s.".formatted(owners.size(), exclude ? "excluded" : "included"));
    }
  }

  private ApplicationId owner(List<ApplicationId> applications, SubjectId subject) {
    return applications.stream()
        .filter(application -> galleries.get().has(application, subject))
        .findFirst()
        .orElseThrow(
            () -> new InvalidRequest("There is no subject %s.".formatted(subject.value())));
  }

  private static Map<String, @Nullable Object> view(ApplicationId application, Finding finding) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("application", application.toString());
    view.put("id", finding.subject().value());
    view.put("state", finding.state().name().toLowerCase(Locale.ROOT));
    view.put("reason", finding.reason());
    view.put("excluded", finding.excluded());
    return view;
  }
}
