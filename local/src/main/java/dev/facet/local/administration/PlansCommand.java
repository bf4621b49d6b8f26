package dev.facet.local.administration;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.keys.KeyAdministration;
import dev.facet.core.plans.NewPlan;
import dev.facet.core.plans.UsagePlan;
import dev.facet.core.plans.UsagePlan.Quota;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The command {@code plans}, for usage plans. */
@Command(
    name = "plans",
    mixinStandardHelpOptions = true,
    description = "Creates, lists and deletes usage plans.")
final class PlansCommand {

  private final Supplier<KeyAdministration> administration;
  private final Output output;

  PlansCommand(Supplier<KeyAdministration> administration, Output output) {
    this.administration = administration;
    this.output = output;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Creates a plan, which limits the requests of each key on it.")
  int create(
      @Option(
              names = "--rate",
              paramLabel = "R",
              required = true,
              description = "sustained requests per second")
          double rate,
      @Option(
              names = "--burst",
              paramLabel = "B",
              required = true,
              description = "maximum burst, in requests")
          int burst,
      @Option(
              names = "--quota",
              paramLabel = "N/day|week|month",
              converter = QuotaText.class,
              description = "requests per calendar period, such as 1000/day (default: unlimited)")
          @Nullable Quota quota,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              description = "display name (default: the plan's id)")
          @Nullable String name,
      @Option(
              names = "--product",
              paramLabel = "CODE",
              description = "product code of the marketplace (default: none)")
          @Nullable String product) {
    NewPlan wanted = new NewPlan(name, rate, burst, quota, product);
    output.print(view(administration.get().plans().create(wanted)));
    return 0;
  }

  @Command(mixinStandardHelpOptions = true, description = "Lists all plans.")
  int list() {
    List<Map<String, @Nullable Object>> plans =
        administration.get().plans().list().stream().map(PlansCommand::view).toList();
    output.print(plans, "id", "name", "rate", "burst", "quota", "productCode");
    return 0;
  }

  @Command(mixinStandardHelpOptions = true, description = "Shows a plan.")
  int show(
      @Parameters(paramLabel = "ID", description = "plan id, as printed by 'plans list'")
          String id) {
    output.print(
        view(
            administration
                .get()
                .plans()
                .find(id)
                .orElseThrow(() -> new InvalidRequest("There is no usage plan " + id + "."))));
    return 0;
  }

  @Command(mixinStandardHelpOptions = true, description = "Deletes a plan that no key uses.")
  int delete(
      @Parameters(paramLabel = "ID", description = "plan id, as printed by 'plans list'") String id,
      @Mixin Confirmation confirmation) {
    administration.get().deletePlan(id);
    output.message("Usage plan %s is deleted.".formatted(id));
    return 0;
  }

  private static Map<String, @Nullable Object> view(UsagePlan plan) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("id", plan.id());
    view.put("name", plan.name());
    view.put("rate", plan.rate());
    view.put("burst", plan.burst());
    view.put("quota", QuotaText.of(plan.quota()));
    view.put("productCode", plan.productCode());
    return view;
  }

  /** Converts quotas from and to text such as {@code 1000/day}. */
  static final class QuotaText implements ITypeConverter<Quota> {

    @Override
    public Quota convert(String text) {
      String[] parts = text.split("/", -1);
      try {
        return new Quota(
            Long.parseLong(parts[0]), UsagePlan.Period.valueOf(parts[1].toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
        throw new TypeConversionException(
            "'%s' is not a quota; use a form such as 1000/day, 5000/week or 20000/month"
                .formatted(text));
      }
    }

    private static @Nullable String of(@Nullable Quota quota) {
      return quota == null
          ? null
          : quota.limit() + "/" + quota.period().name().toLowerCase(Locale.ROOT);
    }
  }
}
