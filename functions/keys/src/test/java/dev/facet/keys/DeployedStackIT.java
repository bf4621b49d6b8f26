package dev.facet.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.aws.AwsClients;
import dev.facet.aws.telemetry.Telemetry;
import dev.facet.core.fakes.InMemoryApplications;
import dev.facet.core.fakes.InMemoryKeys;
import dev.facet.core.fakes.InMemoryPlans;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.Fault;
import dev.facet.core.jobs.DeadLetterService;
import dev.facet.core.keys.KeyAdministration;
import dev.facet.core.keys.KeyAdministration.Order;
import dev.facet.core.keys.KeyLifecycle;
import dev.facet.core.keys.KeyLifecycle.Issued;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.keys.KeyStatus;
import dev.facet.core.keys.NewKey;
import dev.facet.core.plans.NewPlan;
import dev.facet.core.plans.RecordedPlans;
import dev.facet.core.plans.UsagePlan;
import dev.facet.core.plans.UsagePlan.Period;
import dev.facet.core.plans.UsagePlan.Quota;
import dev.facet.core.plans.UsagePlans;
import dev.facet.core.revision.Revisioned;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Keys, plans and principals of a deployed stack, against a stand-in for AWS's HTTP APIs. */
class DeployedStackIT {

  private static final AwsCredentialsProvider ANYONE =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret"));

  private final InMemoryKeys records = new InMemoryKeys();
  private StandIn aws;
  private ApiGatewayClient apiGateway;
  private IamClient iam;
  private SqsClient sqs;
  private CloudFormationClient cloudFormation;

  @BeforeEach
  void start() throws IOException {
    aws = new StandIn();
    apiGateway =
        AwsClients.small(ApiGatewayClient.builder())
            .endpointOverride(aws.endpoint())
            .region(Region.AP_SOUTHEAST_2)
            .credentialsProvider(ANYONE)
            .build();
    iam =
        AwsClients.small(IamClient.builder())
            .endpointOverride(aws.endpoint())
            .region(Region.AWS_GLOBAL)
            .credentialsProvider(ANYONE)
            .build();
    sqs =
        AwsClients.sqs()
            .endpointOverride(aws.endpoint())
            .region(Region.AP_SOUTHEAST_2)
            .credentialsProvider(ANYONE)
            .build();
    cloudFormation =
        AwsClients.small(CloudFormationClient.builder())
            .endpointOverride(aws.endpoint())
            .region(Region.AP_SOUTHEAST_2)
            .credentialsProvider(ANYONE)
            .build();
  }

  @AfterEach
  void stop() {
    apiGateway.close();
    iam.close();
    sqs.close();
    cloudFormation.close();
    aws.close();
  }

  @Test
  void a_key_is_made_with_our_value_under_its_records_name_and_put_on_its_plan() {
    String plan = plan("trial");
    Issued issued = administration().create(new Order("acme", null, plan, null));

    ObjectNode key = onlyKey();
    assertThat(key.path("value").asText()).isEqualTo(issued.key().secret());
    assertThat(key.path("name").asText()).isEqualTo("facet-" + issued.record().id());
    assertThat(key.at("/tags/facet:record").asText()).isEqualTo(issued.record().id().toString());
    assertThat(key.path("customerId").asText()).isEqualTo("acme");
    assertThat(key.path("enabled").asBoolean()).isTrue();
    assertThat(key.path("generateDistinctId").asBoolean()).isTrue();
    assertThat(aws.members.get(plan)).containsExactly(key.path("id").asText());
    assertThat(records()).containsExactly(issued.record());
    assertThat(issued.record().apiId()).isEqualTo("rest1");
    assertThat(issued.record().status()).isEqualTo(KeyStatus.ACTIVE);
  }

  @Test
  void a_listing_that_lags_behind_is_no_hindrance() {
    String plan = plan("trial");
    aws.lagging = true;
    administration().create(new Order(null, null, plan, null));
    assertThat(aws.members.get(plan)).hasSize(1);
  }

  @Test
  void a_key_is_found_among_pages_of_others_disabled_enabled_and_deleted() {
    String plan = plan("trial");
    List<KeyRecord> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(administration().create(new Order(null, null, plan, null)).record());
    }
    UUID last = made.getLast().id();

    administration().keys().disable(last);
    assertThat(key("key6").path("enabled").asBoolean()).isFalse();
    administration().keys().enable(last);
    assertThat(key("key6").path("enabled").asBoolean()).isTrue();
    assertThat(key("key5").path("enabled").asBoolean()).isTrue();
    administration().keys().delete(last);
    assertThat(aws.keys).hasSize(4).doesNotContainKey("key6");
    assertThat(aws.members.get(plan)).hasSize(4);
  }

  @Test
  void a_name_that_only_begins_alike_is_another() {
    String plan = plan("trial");
    KeyRecord record = administration().create(new Order(null, null, plan, null)).record();
    onlyKey().put("name", "facet-" + record.id() + "-copy");
    assertThat(new ApiGatewayKeys(apiGateway).find(record.id())).isEmpty();
  }

  @Test
  void every_step_may_be_repeated() {
    String plan = plan("trial");
    Issued issued = administration().create(new Order(null, null, plan, null));
    ApiGatewayKeys gateway = new ApiGatewayKeys(apiGateway);

    gateway.create(issued.record(), issued.key());
    gateway.join(issued.record());
    assertThat(aws.keys).hasSize(1);
    assertThat(aws.members.get(plan)).hasSize(1);
    assertThat(gateway.find(issued.record().id()).orElseThrow().planned()).isTrue();

    gateway.delete(issued.record().id());
    gateway.delete(issued.record().id());
    gateway.enable(issued.record().id(), true);
    assertThat(gateway.find(issued.record().id())).isEmpty();
  }

  @Test
  void a_fault_on_the_way_leaves_nothing() {
    String plan = plan("trial");
    aws.failing = "POST /usageplans/" + plan + "/keys";

    assertThatThrownBy(() -> administration().create(new Order(null, null, plan, null)))
        .isInstanceOf(Fault.class);

    assertThat(aws.keys).isEmpty();
    assertThat(records()).isEmpty();
  }

  @Test
  void what_could_not_be_undone_is_repaired_later() {
    String plan = plan("trial");
    aws.failing = "POST /usageplans/" + plan + "/keys";
    aws.alsoFailing = "DELETE /apikeys";
    assertThatThrownBy(() -> administration().create(order(plan))).isInstanceOf(Fault.class);
    assertThat(records()).extracting(KeyRecord::status).containsExactly(KeyStatus.DELETING);

    aws.failing = "nothing";
    aws.alsoFailing = "nothing";
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
    assertThat(lifecycle(later).repair(Duration.ofMinutes(5))).hasSize(1);
    assertThat(records()).isEmpty();
    assertThat(aws.keys).isEmpty();
  }

  @Test
  void a_key_for_node_is_not_made_there() {
    administration().create(new Order(null, NewKey.NODE, null, null));
    assertThat(aws.keys).isEmpty();
    assertThat(records()).hasSize(1);
  }

  @Test
  void a_plan_is_for_the_stacks_stage_and_can_be_deleted_again() {
    NewPlan wanted = new NewPlan("gold", 2.5, 9, new Quota(1000, Period.WEEK), "prod-1");
    UsagePlan gold = administration().plans().create(wanted);
    String silver = plan("silver");
    aws.plans.put("other", gatewayPlan(silver).deepCopy());
    gatewayPlan("other").put("id", "other").putArray("apiStages");

    assertThat(gatewayPlan(gold.id()).at("/apiStages/0/apiId").asText()).isEqualTo("rest1");
    assertThat(gatewayPlan(gold.id()).at("/apiStages/0/stage").asText()).isEqualTo("prod");
    assertThat(administration().plans().list())
        .containsExactly(gold, new UsagePlan(silver, "silver", 1, 1, null, null));
    assertThat(administration().create(order(gold.id())).record().productCode())
        .isEqualTo("prod-1");

    administration().deletePlan(silver);
    assertThat(aws.plans).doesNotContainKey(silver);
    assertThatThrownBy(() -> administration().deletePlan("other"))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> administration().create(order("other")))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("There is no usage plan other.");
  }

  @Test
  void a_plan_is_recorded_for_handlers_that_meter_keys() {
    InMemoryPlans written = new InMemoryPlans();
    UsagePlans plans = new RecordedPlans(new ApiGatewayPlans(apiGateway, "rest1", "prod"), written);
    UsagePlan gold = plans.create(new NewPlan("gold", 2.5, 9, null, null));
    assertThat(written.find(gold.id())).contains(gold);

    gatewayPlan(gold.id()).putObject("throttle").put("rateLimit", 7.5).put("burstLimit", 20);
    UsagePlan faster = plans.find(gold.id()).orElseThrow();
    assertThat(faster.rate()).isEqualTo(7.5);
    assertThat(written.find(gold.id())).contains(faster);

    gatewayPlan(gold.id()).withObject("/throttle").put("burstLimit", 30);
    assertThat(plans.list()).containsExactly(written.find(gold.id()).orElseThrow());
    assertThat(written.find(gold.id()).orElseThrow().burst()).isEqualTo(30);

    plans.delete(gold.id(), () -> {});
    assertThat(written.find(gold.id())).isEmpty();
    assertThat(plans.find("none")).isEmpty();
  }

  @Test
  void a_principal_is_whom_iam_has_under_this_arn() {
    IamPrincipals principals = new IamPrincipals(iam);
    assertThat(principals.uniqueId("ann")).isEqualTo("AIDAANN");
    assertThat(principals.uniqueId("arn:aws:iam::123456789012:user/team/ann")).isEqualTo("AIDAANN");
    assertThat(principals.uniqueId("arn:aws:iam::123456789012:role/clerk")).isEqualTo("AROACLERK");
    for (String nobody :
        List.of(
            "bob",
            "arn:aws:iam::123456789012:role/ann",
            "arn:aws:iam::999999999999:user/team/ann",
            "arn:aws:iam::123456789012:user/ann")) {
      assertThatThrownBy(() -> principals.uniqueId(nobody))
          .isInstanceOf(InvalidRequest.class)
          .hasMessage("There is no principal " + nobody + ".");
    }
  }

  @Test
  void a_stack_is_read_from_its_outputs() {
    try (DeployedStack stacks =
        new DeployedStack(
            new DeployedKeys(AwsClients.dynamoDb().region(Region.US_EAST_1).build(), apiGateway),
            iam,
            sqs,
            cloudFormation,
            AwsClients.small(S3Client.builder()).region(Region.US_EAST_1).build())) {
      assertThatThrownBy(() -> stacks.administration("nothing"))
          .isInstanceOf(InvalidRequest.class)
          .hasMessage("There is no stack nothing.");
      aws.stackOutputs.putAll(
          Map.of(
              "DataTable", "d",
              "KeysTable", "k",
              "LedgerTable", "l",
              "RestApi", "rest1",
              "Stage", "prod"));
      assertThatThrownBy(() -> stacks.administration("facet"))
          .hasMessage("Stack facet has no output UsagePlan.");
      aws.stackOutputs.put("UsagePlan", "plan1");
      assertThat(stacks.administration("facet").defaults())
          .isEqualTo(new KeyAdministration.Defaults("rest1", "plan1"));
      assertThatThrownBy(() -> stacks.erasure("facet"))
          .hasMessage("Stack facet has no output ImagesBucket.");
    }
  }

  @Test
  void the_dead_letters_of_a_stack_are_in_the_queue_of_its_output() {
    String message = "{\"schema\":1,\"job\":\"no job\"}";
    aws.stackOutputs.putAll(
        Map.of(
            "DataTable", "d",
            "KeysTable", "k",
            "LedgerTable", "l",
            "DeadLetters", aws.endpoint() + "/1/dead"));
    try (DeployedStack stacks =
        new DeployedStack(
            new DeployedKeys(AwsClients.dynamoDb().region(Region.US_EAST_1).build(), apiGateway),
            iam,
            sqs,
            cloudFormation,
            AwsClients.small(S3Client.builder()).region(Region.US_EAST_1).build())) {
      assertThatThrownBy(() -> stacks.deadJobs("facet"))
          .hasMessage("Stack facet has no output EnrolQueue.");
      aws.stackOutputs.put("EnrolQueue", aws.endpoint() + "/1/enrol");
      aws.deadLetters.add(message);

      DeadLetterService dead = stacks.deadJobs("facet");
      DeadLetterService.DeadJob only = dead.list().getFirst();
      assertThat(only.bytes()).isEqualTo(message.length());
      assertThat(only.id()).isNull();
      assertThat(dead.purge(null)).isEqualTo(1);
      assertThat(aws.deadLetters).isEmpty();
    }
  }

  @Test
  void the_scheduled_handler_repairs() {
    String plan = plan("trial");
    KeyRecord record = administration().create(order(plan)).record();
    records.put(
        new KeyRecord(
            record.id(),
            record.keyId(),
            record.application(),
            record.customerId(),
            record.apiId(),
            record.usagePlanId(),
            record.productCode(),
            record.principal(),
            KeyStatus.PENDING,
            record.whenCreated(),
            record.whenCreated().minusSeconds(3600),
            record.expiresAt(),
            record.term()));
    List<String> log = new ArrayList<>();
    List<String> metrics = new ArrayList<>();

    int repaired =
        new RepairKeysHandler(
                lifecycle(Clock.systemUTC()),
                new Telemetry("Facet", Clock.systemUTC(), metrics::add))
            .handleRequest(new ScheduledEvent(), loggingTo(log));

    assertThat(repaired).isEqualTo(1);
    assertThat(log)
        .singleElement()
        .asString()
        .startsWith("{\"handler\":\"RepairKeysHandler\"")
        .contains("\"coldStart\":true", "\"repaired\":1");
    assertThat(metrics).singleElement().asString().contains("\"KeysRepaired\":1");
    assertThat(records()).allMatch(key -> key.status() == KeyStatus.ACTIVE);
  }

  /** An invocation of which nothing matters but its log. */
  private static Context loggingTo(List<String> log) {
    LambdaLogger logger =
        new LambdaLogger() {
          @Override
          public void log(String message) {
            log.add(message);
          }

          @Override
          public void log(byte[] message) {
            log.add(new String(message, UTF_8));
          }
        };
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) ->
                method.getReturnType() == LambdaLogger.class ? logger : null);
  }

  private List<KeyRecord> records() {
    return records.list().stream().map(Revisioned::value).toList();
  }

  private static Order order(String plan) {
    return new Order(null, null, plan, null);
  }

  private String plan(String name) {
    return administration().plans().create(new NewPlan(name, 1, 1, null, null)).id();
  }

  private ObjectNode key(String id) {
    return Objects.requireNonNull(aws.keys.get(id));
  }

  private ObjectNode gatewayPlan(String id) {
    return Objects.requireNonNull(aws.plans.get(id));
  }

  private ObjectNode onlyKey() {
    assertThat(aws.keys).hasSize(1);
    return aws.keys.values().iterator().next();
  }

  private KeyAdministration administration() {
    return new KeyAdministration(
        lifecycle(Clock.systemUTC()),
        new ApiGatewayPlans(apiGateway, "rest1", "prod"),
        new IamPrincipals(iam),
        new KeyAdministration.Defaults("rest1", null));
  }

  private KeyLifecycle lifecycle(Clock clock) {
    return new KeyLifecycle(
        records,
        new InMemoryApplications(),
        new ApiGatewayKeys(apiGateway),
        clock,
        new SecureRandom());
  }
}
