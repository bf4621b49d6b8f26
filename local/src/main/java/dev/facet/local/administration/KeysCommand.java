package dev.facet.local.administration;

import dev.facet.core.applications.ApplicationId;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code keys}, for API keys. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Creates, lists, rotates, disables and deletes API keys.")
final class KeysCommand {

  private static final String ID = "key id, as printed by 'keys list'";

  private final Supplier<KeyAdministration> administration;
  private final Output output;

  KeysCommand(Supplier<KeyAdministration> administration, Output output) {
    this.administration = administration;
    this.output = output;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Creates a key and prints it, only this once.")
  int create(
      @Option(
              names = "--customer",
              paramLabel = "C",
              description = "label for the customer (default: none)")
          @Nullable String customer,
      @Option(
              names = "--api",
              paramLabel = "A",
              description =
                  "API that the key is for (default: the deployment's); 'node' for a key that only"
                      + " /node accepts and that is not registered with the gateway")
          @Nullable String api,
      @Option(
              names = "--plan",
              paramLabel = "P",
              description = "id of the usage plan (default: the deployment's default plan)")
          @Nullable String plan,
      @Option(
              names = "--principal",
              paramLabel = "ARN|NAME",
              description = "the only IAM principal that may use the key (default: any)")
          @Nullable String principal,
      @Option(
              names = "--principal-id",
              paramLabel = "ID",
              description =
                  "unique id of that principal instead (AIDA… or AROA…), also of another account")
          @Nullable String principalId,
      @Option(
              names = "--expires",
              paramLabel = "DATE",
              description =
                  "refuse the key from this date on, such as 2027-01-31 (00:00 UTC) or"
                      + " 2027-01-31T12:00:00Z (default: never)")
          @Nullable Instant expires,
      @Option(
              names = "--application",
              paramLabel = "ID",
              description = "id of the application (default: a new one)")
          @Nullable UUID application) {
    ApplicationId owner = application == null ? null : new ApplicationId(application);
    return issued(
        administration
            .get()
            .create(new Order(customer, api, plan, principal, principalId, expires, owner)));
  }

  @Command(mixinStandardHelpOptions = true, description = "Lists all keys, oldest first.")
  int list() {
    List<Map<String, @Nullable Object>> keys =
        lifecycle().list().stream().map(record -> view(record, null)).toList();
    output.print(keys, "id", "status", "customerId", "apiId", "usagePlanId", "whenCreated");
    return 0;
  }

  @Command(mixinStandardHelpOptions = true, description = "Shows the stored properties of a key.")
  int show(@Parameters(paramLabel = "ID", description = ID) UUID id) {
    return shown(lifecycle().get(id));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Creates another key for the application of a key, with the same gallery.",
        "The old key is refused after the overlap; ids that were encrypted under it cannot be"
            + " decrypted from then on."
      })
  int rotate(
      @Parameters(paramLabel = "ID", description = ID) UUID id,
      @Option(
              names = "--overlap",
              paramLabel = "TIME",
              defaultValue = "1h",
              description =
                  "how long both keys are accepted, such as 0s, 15m, 1h or 7d (default:"
                      + " ${DEFAULT-VALUE})")
          Duration overlap) {
    KeyLifecycle lifecycle = lifecycle();
    Issued issued = lifecycle.rotate(id, overlap);
    if (overlap.isZero()) {
      output.message(
          "The old key is deleted; ids that were encrypted under it cannot be decrypted.");
      return issued(issued);
    }
    String end = time(lifecycle.get(id).expiresAt());
    output.message(
        "The old key is accepted until %s. After that, ids that were encrypted".formatted(end));
    output.message("under it cannot be decrypted: have clients decrypt their stored ids before.");
    return issued(issued);
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Disables a key; it is refused everywhere within 5 seconds.")
  int disable(@Parameters(paramLabel = "ID", description = ID) UUID id) {
    return shown(lifecycle().disable(id));
  }

  @Command(mixinStandardHelpOptions = true, description = "Enables a disabled key.")
  int enable(@Parameters(paramLabel = "ID", description = ID) UUID id) {
    return shown(lifecycle().enable(id));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Deletes a key permanently; its application and galleries remain.")
  int delete(
      @Parameters(paramLabel = "ID", description = ID) UUID id, @Mixin Confirmation confirmation) {
    lifecycle().delete(id);
    output.message("Key %s is deleted.".formatted(id));
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Completes or reverts key changes that a crash interrupted, and deletes expired keys; a"
              + " running service does so hourly.")
  int repair(
      @Option(
              names = "--age",
              paramLabel = "TIME",
              defaultValue = "5m",
              description =
                  "ignore keys that changed or expired within this time, such as 90s, 5m or 1h"
                      + " (default: ${DEFAULT-VALUE})")
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
    output.message("Keep the key: Facet does not store it and cannot show it again.");
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
