package dev.facet.local.administration;

import dev.facet.core.keys.KeyAdministration;
import dev.facet.core.keys.KeyAdministration.Order;
import dev.facet.core.keys.KeyLifecycle;
import dev.facet.core.keys.KeyLifecycle.Issued;
import dev.facet.core.keys.KeyRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code keys}, for API keys. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Makes, shows, replaces and removes API keys.")
final class KeysCommand {

  private static final String ID = "the key's id, as 'keys list' shows it";

  private final Supplier<KeyAdministration> administration;
  private final Output output;

  KeysCommand(Supplier<KeyAdministration> administration, Output output) {
    this.administration = administration;
    this.output = output;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Makes a key for a new application and shows it, this once.")
  int create(
      @Option(names = "--customer", paramLabel = "C", description = "a label: whose key it is")
          @Nullable String customer,
      @Option(
              names = "--api",
              paramLabel = "A",
              description =
                  "the API that it is for (the deployment's); 'node' for a key that /v1 refuses"
                      + " and the gateway never learns of")
          @Nullable String api,
      @Option(
              names = "--plan",
              paramLabel = "P",
              description = "the id of its usage plan (the standard one)")
          @Nullable String plan,
      @Option(
              names = "--principal",
              paramLabel = "ARN|NAME",
              description = "the only IAM principal who may use it (any)")
          @Nullable String principal) {
    Issued issued = administration.get().create(new Order(customer, api, plan, principal));
    return issued(issued);
  }

  @Command(mixinStandardHelpOptions = true, description = "Lists all keys, oldest first.")
  int list() {
    List<Map<String, @Nullable Object>> keys =
        lifecycle().list().stream().map(record -> view(record, null)).toList();
    output.print(keys, "id", "status", "customerId", "apiId", "usagePlanId", "whenCreated");
    return 0;
  }

  @Command(mixinStandardHelpOptions = true, description = "Shows what is stored about a key.")
  int show(@Parameters(paramLabel = "ID", description = ID) UUID id) {
    return shown(lifecycle().get(id));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Makes another key for the application of a key, with the same gallery.",
        "The old key is refused after the overlap; ids that were encrypted under it can't be read"
            + " any more then."
      })
  int rotate(
      @Parameters(paramLabel = "ID", description = ID) UUID id,
      @Option(
              names = "--overlap",
              paramLabel = "TIME",
              defaultValue = "1h",
              description = "how long both are accepted: 0s, 15m, 1h, 7d (${DEFAULT-VALUE})")
          Duration overlap) {
    KeyLifecycle lifecycle = lifecycle();
    Issued issued = lifecycle.rotate(id, overlap);
    String end = time(lifecycle.get(id).expiresAt());
    output.message(
        "The old key is accepted until %s. Ids that were encrypted under it".formatted(end));
    output.message("can't be read any more then: have clients decrypt what they stored.");
    return issued(issued);
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Has a key refused, everywhere within five seconds.")
  int disable(@Parameters(paramLabel = "ID", description = ID) UUID id) {
    return shown(lifecycle().disable(id));
  }

  @Command(mixinStandardHelpOptions = true, description = "Has a disabled key accepted again.")
  int enable(@Parameters(paramLabel = "ID", description = ID) UUID id) {
    return shown(lifecycle().enable(id));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Removes a key for good; its application and galleries stay.")
  int delete(@Parameters(paramLabel = "ID", description = ID) UUID id) {
    lifecycle().delete(id);
    output.message("Key %s is deleted.".formatted(id));
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Finishes or undoes what a crash left unfinished; a service does so hourly.")
  int repair(
      @Option(
              names = "--age",
              paramLabel = "TIME",
              defaultValue = "5m",
              description = "leave alone what changed within this time (${DEFAULT-VALUE})")
          Duration age) {
    List<Map<String, @Nullable Object>> repaired =
        lifecycle().repair(age).stream().map(KeysCommand::view).toList();
    output.print(repaired, "id", "status");
    return 0;
  }

  private KeyLifecycle lifecycle() {
    return administration.get().keys();
  }

  private int issued(Issued issued) {
    output.print(view(issued.record(), issued.key().secret()));
    output.message("The key is shown this once and stored nowhere: keep it.");
    return 0;
  }

  private int shown(KeyRecord record) {
    output.print(view(record, null));
    return 0;
  }

  private static Map<String, @Nullable Object> view(KeyRecord record, @Nullable String secret) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("id", record.id().toString());
    if (secret != null) {
      view.put("apiKey", secret);
    }
    view.put("customerId", record.customerId());
    view.put("apiId", record.apiId());
    view.put("usagePlanId", record.usagePlanId());
    view.put("productCode", record.productCode());
    view.put("principalId", record.principal());
    view.put("applicationId", record.application().toString());
    view.put("status", record.status().name().toLowerCase(Locale.ROOT));
    view.put("whenCreated", time(record.whenCreated()));
    view.put("lastUpdated", time(record.lastUpdated()));
    view.put("expiresAt", time(record.expiresAt()));
    return view;
  }

  /** Formats a time with the store's precision. */
  private static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static Map<String, @Nullable Object> view(KeyLifecycle.Repaired repaired) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("id", repaired.id().toString());
    view.put("status", repaired.record() == null ? "deleted" : "active");
    return view;
  }
}
