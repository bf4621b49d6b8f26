package dev.facet.core.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.fakes.InMemoryApplications;
import dev.facet.core.fakes.InMemoryKeys;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.keys.KeyAdministration.Order;
import dev.facet.core.plans.NewPlan;
import dev.facet.core.plans.UsagePlan;
import dev.facet.core.plans.UsagePlan.Period;
import dev.facet.core.plans.UsagePlan.Quota;
import dev.facet.core.plans.UsagePlans;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an order becomes. */
class KeyAdministrationTest {

  private final World world = new World();
  private final KeyAdministration administration =
      new KeyAdministration(
          new KeyLifecycle(
              new InMemoryKeys(),
              new InMemoryApplications(),
              world,
              Clock.systemUTC(),
              new SecureRandom()),
          world,
          name -> "AIDA" + name,
          new KeyAdministration.Defaults("our-api", "standard"));

  @Test
  void an_order_that_says_nothing_gets_the_deployments_api_and_its_plan() {
    KeyRecord record = administration.create(new Order(null, null, null, null)).record();

    assertThat(record.apiId()).isEqualTo("our-api");
    assertThat(record.usagePlanId()).isEqualTo("standard");
    assertThat(record.customerId()).isNull();
    assertThat(record.principal()).isNull();
    assertThat(world.keys).containsExactly(record.id());
  }

  @Test
  void an_order_has_the_plans_product_code_and_the_principals_unique_id() {
    UsagePlan gold =
        administration
            .plans()
            .create(new NewPlan("gold", 5, 10, new Quota(7, Period.WEEK), "prod-7"));

    KeyRecord record =
        administration.create(new Order("acme", "another-api", gold.id(), "ann")).record();

    assertThat(record.customerId()).isEqualTo("acme");
    assertThat(record.apiId()).isEqualTo("another-api");
    assertThat(record.usagePlanId()).isEqualTo(gold.id());
    assertThat(record.productCode()).isEqualTo("prod-7");
    assertThat(record.principal()).isEqualTo("AIDAann");
  }

  @Test
  void the_gateway_never_learns_of_a_key_for_node() {
    KeyRecord bare = administration.create(new Order(null, NewKey.NODE, null, null)).record();
    KeyRecord held = administration.create(new Order(null, NewKey.NODE, "standard", null)).record();

    assertThat(bare.usagePlanId()).isNull();
    assertThat(held.usagePlanId()).isEqualTo("standard");
    assertThat(held.status()).isEqualTo(KeyStatus.ACTIVE);
    assertThat(world.keys).isEmpty();
  }

  @Test
  void an_unknown_plan_is_refused_before_anything_is_made() {
    assertThatThrownBy(() -> administration.create(new Order(null, null, "silver", null)))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("There is no usage plan silver.");
    assertThatThrownBy(() -> administration.create(new Order(null, NewKey.NODE, "silver", null)))
        .isInstanceOf(InvalidRequest.class);
    assertThat(administration.keys().list()).isEmpty();
  }

  @Test
  void a_plan_with_keys_on_it_stays() {
    String gold = administration.plans().create(new NewPlan("gold", 5, 10, null, null)).id();
    UUID key = administration.create(new Order(null, null, gold, null)).record().id();
    assertThatThrownBy(() -> administration.deletePlan(gold))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("Usage plan plan-1 still has keys (1); delete them first.");

    administration.keys().delete(key);
    administration.deletePlan(gold);
    assertThat(administration.plans().find(gold)).isEmpty();
  }

  @Test
  void the_standard_plan_stays() {
    assertThatThrownBy(() -> administration.deletePlan("standard"))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("Usage plan standard is the standard plan and cannot be deleted.");
  }

  /** A gateway with a standard plan. */
  private static final class World implements GatewayKeys, UsagePlans {

    final Set<UUID> keys = new HashSet<>();
    private final List<UsagePlan> plans =
        new ArrayList<>(List.of(new UsagePlan("standard", 1, 1, null)));

    @Override
    public List<UsagePlan> list() {
      return List.copyOf(plans);
    }

    @Override
    public Optional<UsagePlan> find(String id) {
      return plans.stream().filter(plan -> plan.id().equals(id)).findFirst();
    }

    @Override
    public UsagePlan create(NewPlan wanted) {
      UsagePlan plan = wanted.as("plan-" + plans.size());
      plans.add(plan);
      return plan;
    }

    @Override
    public Optional<UsagePlan> findOpen(String id) {
      return find(id);
    }

    @Override
    public void delete(String id, Runnable check) {
      check.run();
      plans.removeIf(plan -> plan.id().equals(id));
    }

    @Override
    public Optional<Presence> find(UUID record) {
      return keys.contains(record) ? Optional.of(new Presence(true)) : Optional.empty();
    }

    @Override
    public void create(KeyRecord record, ApiKey key) {
      keys.add(record.id());
    }

    @Override
    public void join(KeyRecord record) {}

    @Override
    public void enable(UUID record, boolean enabled) {}

    @Override
    public void delete(UUID record) {
      keys.remove(record);
    }
  }
}
