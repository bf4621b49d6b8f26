package dev.facet.local.administration;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.Application.EnrolAnswer;
import dev.facet.core.applications.ApplicationAdministration;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.applications.ApplicationSettings;
import dev.facet.core.erasure.ApplicationContents.Kind;
import dev.facet.core.erasure.ApplicationErasure;
import dev.facet.core.erasure.ApplicationErasure.Erased;
import dev.facet.core.faces.GalleryAudit;
import dev.facet.core.keys.KeyAdministration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The command {@code applications}, for applications and their settings. */
@Command(
    name = "applications",
    mixinStandardHelpOptions = true,
    description = "Creates, lists and erases applications, and changes their settings.")
final class ApplicationsCommand {

  private static final String ID = "application id, as printed by 'applications list'";

  private final Supplier<KeyAdministration> administration;
  private final Supplier<ApplicationErasure> erasure;
  private final Supplier<GalleryAudit> galleries;
  private final Output output;

  ApplicationsCommand(
      Supplier<KeyAdministration> administration,
      Supplier<ApplicationErasure> erasure,
      Supplier<GalleryAudit> galleries,
      Output output) {
    this.administration = administration;
    this.erasure = erasure;
    this.galleries = galleries;
    this.output = output;
  }

  /** The options that name settings. */
  static final class Settings {

    @Option(
        names = "--quality-floor",
        paramLabel = "Q",
        description = "minimum faceQualityScore, 0..1 (0.45 in a new application)")
    private @Nullable Double qualityFloor;

    @Option(
        names = "--verify-threshold",
        paramLabel = "SCORE",
        description = "minimum score of a 1:1 verification, 0..9999 (7000 in a new application)")
    private @Nullable Integer verifyThreshold;

    @Option(
        names = "--keep-images",
        paramLabel = "true|false",
        arity = "1",
        description = "whether photos are stored (false in a new application)")
    private @Nullable Boolean keepImages;

    @Option(
        names = "--enrol-answer",
        paramLabel = "await|fail",
        converter = EnrolAnswerText.class,
        description =
            "status of a /node enrolment that stays queued: 202 or 500 (await in a new"
                + " application)")
    private @Nullable EnrolAnswer enrolAnswer;

    private ApplicationSettings given() {
      return new ApplicationSettings(qualityFloor, verifyThreshold, keepImages, enrolAnswer);
    }
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Creates an application; './facet keys create --application' gives it a key.")
  int create(
      @Mixin Settings settings,
      @Option(
              names = "--bundle",
              paramLabel = "ID",
              description =
                  "model bundle of its gallery of photos, for good (default: that of the service at"
                      + " the first photo)")
          @Nullable String bundle) {
    if (bundle != null) {
      galleries.get().requireBundle(bundle);
    }
    Application created = applications().create(settings.given());
    if (bundle != null) {
      galleries.get().choose(created.id(), bundle);
    }
    return shown(created);
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Lists all applications; on a stack this reads its whole data table.")
  int list() {
    List<Map<String, @Nullable Object>> all =
        applications().list().stream().map(this::view).toList();
    output.print(
        all, "id", "qualityFloor", "verifyThreshold", "keepImages", "enrolAnswer", "bundle");
    return 0;
  }

  @Command(mixinStandardHelpOptions = true, description = "Shows the settings of an application.")
  int show(@Parameters(paramLabel = "ID", description = ID) UUID id) {
    return shown(applications().get(new ApplicationId(id)));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Changes settings of an application; requests follow within 5 seconds.")
  int set(@Parameters(paramLabel = "ID", description = ID) UUID id, @Mixin Settings settings) {
    return shown(applications().set(new ApplicationId(id), settings.given()));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Erases an application with its subjects, photos, records and keys; after an interruption"
              + " it goes on when it is run again.")
  int erase(
      @Parameters(paramLabel = "ID", description = ID) UUID id, @Mixin Confirmation confirmation) {
    Erased erased = erasure.get().erase(new ApplicationId(id));
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("id", id.toString());
    for (Kind kind : Kind.values()) {
      view.put(kind.text(), erased.contents().getOrDefault(kind, 0));
    }
    view.put("keys", erased.keys());
    view.put(
        "recoveryDays",
        erased.recoveryDays().isPresent() ? erased.recoveryDays().getAsInt() : null);
    output.print(view);
    output.message("Application %s is erased.".formatted(id));
    erased
        .recoveryDays()
        .ifPresent(
            days ->
                output.message(
                    "Backups of the tables hold it for %d more days (recoveryDays)."
                        .formatted(days)));
    return 0;
  }

  private ApplicationAdministration applications() {
    return administration.get().applications();
  }

  private int shown(Application application) {
    output.print(view(application));
    return 0;
  }

  private Map<String, @Nullable Object> view(Application application) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("id", application.id().toString());
    view.put("qualityFloor", application.qualityFloor());
    view.put("verifyThreshold", application.verifyThreshold());
    view.put("keepImages", application.keepImages());
    view.put("enrolAnswer", application.enrolAnswer().name().toLowerCase(Locale.ROOT));
    view.put("bundle", galleries.get().bundle(application.id()).orElse(null));
    Instant erasingSince = application.erasingSince();
    if (erasingSince != null) {
      view.put("erasingSince", erasingSince.toString());
    }
    return view;
  }

  /** Converts {@code await} and {@code fail}. */
  static final class EnrolAnswerText implements ITypeConverter<EnrolAnswer> {

    @Override
    public EnrolAnswer convert(String text) {
      return switch (text) {
        case "await" -> EnrolAnswer.AWAIT;
        case "fail" -> EnrolAnswer.FAIL;
        default ->
            throw new TypeConversionException("'%s' is neither await nor fail".formatted(text));
      };
    }
  }
}
