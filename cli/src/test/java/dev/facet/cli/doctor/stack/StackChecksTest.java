package dev.facet.cli.doctor.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.cli.doctor.Check;
import dev.facet.cli.doctor.Diagnosis;
import dev.facet.cli.doctor.Finding;
import dev.facet.cli.doctor.Verdict;
import dev.facet.cli.doctor.stack.StackPort.Resource;
import dev.facet.spec.ApiOperation;
import dev.facet.spec.ApiSpecification;
import dev.facet.spec.NodeAuth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checks of a stack, each on a sound stack in memory and on one that is spoilt. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StackChecksTest {

  private final FakeStack aws = new FakeStack();

  @Test
  void a_sound_stack_passes_every_check() {
    assertThat(Finding.all(aws.checks()))
        .allSatisfy(
            finding ->
                assertThat(finding.diagnosis().verdict())
                    .as(finding.toString())
                    .isEqualTo(Verdict.OK));
  }

  @Test
  void a_check_that_cannot_read_does_not_end_the_others() {
    aws.outputs.remove("RestApi");
    List<Finding> findings = Finding.all(aws.checks());
    assertThat(findings).hasSize(10);
    assertThat(findings.getFirst().diagnosis().verdict()).isEqualTo(Verdict.NOT_CHECKED);
    assertThat(findings.getFirst().diagnosis().detail())
        .isEqualTo("the stack has no output RestApi");
    assertThat(findings.getLast().diagnosis().verdict()).isEqualTo(Verdict.OK);
  }

  @Nested
  class Methods {

    private final Check check = new MethodAuthorization(aws, aws);

    @ParameterizedTest
    @EnumSource(NodeAuth.class)
    void both_kinds_of_node_authentication_are_sound(NodeAuth auth) {
      aws.deploy(ApiSpecification.bundled().with(auth));
      assertThat(check.run().verdict()).isEqualTo(Verdict.OK);
      assertThat(check.run().detail()).contains("nodeAuth=" + auth.name().toLowerCase(Locale.ROOT));
    }

    @Test
    void each_method_that_lost_its_signature_is_named() {
      for (ApiOperation operation : ApiSpecification.bundled().operations()) {
        if (operation.signed()) {
          aws.deploy(ApiSpecification.bundled());
          change(operation, it -> new ApiPort.Method(it.httpMethod(), it.path(), "NONE", false));
          fault(check, operation + " has authorization NONE instead of AWS_IAM");
        }
      }
    }

    @Test
    void a_missing_key_requirement_is_a_fault() {
      ApiOperation keyed = keyed();
      change(keyed, it -> new ApiPort.Method(it.httpMethod(), it.path(), "AWS_IAM", false));
      fault(check, keyed + " requires no API key");
    }

    @Test
    void missing_and_additional_methods_are_faults() {
      aws.methods.removeFirst();
      aws.methods.add(new ApiPort.Method("GET", "/debug", "NONE", false));
      fault(check, ApiSpecification.bundled().operations().getFirst() + " is not deployed");
      fault(check, "GET /debug is not in openapi.yaml");
    }

    private ApiOperation keyed() {
      return ApiSpecification.bundled().operations().stream()
          .filter(ApiOperation::keyed)
          .findFirst()
          .orElseThrow();
    }

    private void change(ApiOperation operation, UnaryOperator<ApiPort.Method> change) {
      aws.methods.replaceAll(
          method ->
              operation.toString().equals(method.httpMethod() + " " + method.path())
                  ? change.apply(method)
                  : method);
    }
  }

  @Nested
  class Functions {

    @Test
    void a_quota_that_is_used_up_is_a_fault() {
      aws.quota = 150;
      aws.reserved = OptionalInt.of(40);
      aws.provisioned = OptionalInt.of(11);
      fault(new Concurrency(aws, aws), "150 simultaneous executions in the account, 51 of them");
      aws.provisioned = OptionalInt.of(10);
      warning(new Concurrency(aws, aws), "75 at once");
    }

    @Test
    void a_new_accounts_quota_is_a_warning() {
      aws.quota = 10;
      warning(new Concurrency(aws, aws), "so 5 at once are answered");
    }

    @Test
    void an_inactive_version_is_a_fault() {
      aws.version = new FunctionPort.Version("3", "Inactive", true, false);
      fault(new Snapshots(aws, aws), "Search:live is Inactive");
    }

    @Test
    void a_version_without_snapshot_is_a_warning_but_not_a_container() {
      aws.version = new FunctionPort.Version("3", "Active", false, false);
      warning(new Snapshots(aws, aws), "Search:live has no snapshot");
      aws.version = new FunctionPort.Version("3", "Active", false, true);
      assertThat(new Snapshots(aws, aws).run().verdict()).isEqualTo(Verdict.OK);
    }
  }

  @Nested
  class Notifications {

    private final Check alarms = new Alarms(aws, aws);
    private final Check subscriptions = new Subscriptions(aws, aws);

    @Test
    void an_alarm_that_does_not_exist_is_a_fault() {
      aws.resources.add(new Resource("Lost", "AWS::CloudWatch::Alarm", "lost"));
      fault(alarms, "lost does not exist");
      aws.resources.removeIf(it -> it.type().equals("AWS::CloudWatch::Alarm"));
      fault(alarms, "the stack has no alarms");
    }

    @Test
    void an_alarm_without_actions_is_a_fault() {
      aws.alarm = new AlarmPort.Alarm("errors", true, List.of(), "OK");
      fault(alarms, "errors notifies no topic");
      aws.alarm = new AlarmPort.Alarm("errors", false, List.of("arn:topic"), "OK");
      fault(alarms, "errors notifies no topic");
    }

    @Test
    void an_alarm_that_is_on_is_a_warning() {
      aws.alarm = new AlarmPort.Alarm("errors", true, List.of("arn:topic"), "ALARM");
      warning(alarms, "errors is on");
    }

    @Test
    void alarms_that_reach_nobody_are_a_fault() {
      aws.subscriptions = List.of();
      fault(subscriptions, "alarms reach nobody: no confirmed subscription, 0 pending");
      aws.subscriptions = List.of(false);
      fault(subscriptions, "1 pending");
    }

    @Test
    void pending_subscriptions_and_another_topic_are_warnings() {
      aws.subscriptions = List.of(true, false);
      warning(subscriptions, "1 confirmed, 1 pending");
      aws.subscriptions = List.of();
      aws.alarm = new AlarmPort.Alarm("errors", true, List.of("arn:topic", "arn:other"), "OK");
      warning(subscriptions, "another topic is notified");
    }
  }

  @Nested
  class Stores {

    private final Check recovery = new Recovery(aws, aws);
    private final Check queues = new Queues(aws, aws, aws);

    @Test
    void tables_without_recovery_or_protection_are_named() {
      aws.table = new StorePort.TableRecovery(OptionalInt.empty(), true);
      fault(recovery, "DataTable has no point-in-time recovery");
      aws.table = new StorePort.TableRecovery(OptionalInt.of(7), false);
      warning(recovery, "KeysTable has no deletion protection");
      warning(recovery, "LedgerTable has no deletion protection");
    }

    @Test
    void a_bucket_that_never_forgets_is_a_fault() {
      aws.bucket = new StorePort.BucketRetention(true, OptionalInt.empty());
      fault(recovery, "ImagesBucket keeps versions of deleted photos");
      fault(recovery, "ImagesBucket never deletes photos");
    }

    @Test
    void keys_and_stack_without_care_are_warnings() {
      aws.rotated = false;
      warning(recovery, "the key key-1 is not rotated");
      aws.rotated = true;
      aws.terminationProtection = false;
      warning(recovery, "no termination protection");
    }

    @Test
    void logs_that_are_kept_for_ever_are_a_warning() {
      aws.unlimitedLogs.add("/facet/search");
      warning(new LogRetention(aws, aws), "/facet/search keeps logs for ever");
    }

    @Test
    void a_queue_without_its_dead_letters_is_a_fault() {
      aws.queues.put("RedrivePolicy", "{}");
      fault(queues, "failed enrolments do not reach the dead-letter queue");
      aws.queues.put(
          "RedrivePolicy", "{\"deadLetterTargetArn\":\"arn:dead\",\"maxReceiveCount\":1}");
      fault(queues, "an enrolment is received 1 times");
    }

    @Test
    void dead_letters_that_are_not_kept_long_are_a_fault() {
      aws.dead.put("MessageRetentionPeriod", "345600");
      fault(queues, "dead letters are kept for 345600 s");
    }

    @Test
    void what_waits_is_a_warning() {
      aws.age = OptionalDouble.of(301);
      aws.dead.put("ApproximateNumberOfMessages", "2");
      warning(queues, "an enrolment waits for 301 s; 2 dead letters wait");
    }

    @Test
    void a_gallery_of_another_bundle_is_a_fault() {
      aws.galleries.put("old-512", List.of("application 1 (3 faces)"));
      fault(new Bundles(aws, aws), "bundle old-512 of application 1 (3 faces) is not deployed");
      aws.outputs.put("Bundles", "new-512,old-512");
      assertThat(new Bundles(aws, aws).run().verdict()).isEqualTo(Verdict.OK);
    }
  }

  @Nested
  class Tls {

    private final Check check = new ConnectionSecurity(aws, aws);

    @Test
    void the_regions_default_policy_is_a_fault() {
      aws.connections = new ApiPort.Connections(null, null, false);
      fault(check, "the API accepts TLS 1.0");
      fault(check, "the endpoint access mode is not STRICT");
    }

    @Test
    void a_second_name_beside_the_domain_is_a_fault() {
      aws.resources.add(new Resource("Domain", "AWS::ApiGateway::DomainName", "faces.example.com"));
      fault(check, "the API also answers under its execute-api name");
      aws.connections = new ApiPort.Connections("SecurityPolicy_TLS13_1_2_X", "STRICT", true);
      assertThat(check.run().verdict()).isEqualTo(Verdict.OK);
      aws.domainPolicies = new ArrayList<>(List.of("TLS_1_0"));
      fault(check, "a domain name has the security policy TLS_1_0");
    }
  }

  private static void fault(Check check, String detail) {
    verdict(check, Verdict.FAULT, detail);
  }

  private static void warning(Check check, String detail) {
    verdict(check, Verdict.WARNING, detail);
  }

  private static void verdict(Check check, Verdict verdict, String detail) {
    Diagnosis diagnosis = check.run();
    assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(verdict);
    assertThat(diagnosis.detail()).contains(detail);
    assertThat(diagnosis.advice()).isNotBlank();
  }

  /** The attributes that a test does not spoil are those of the template. */
  static Map<String, String> outputs() {
    return Map.of(
        "RestApi", "api-1",
        "DataTable", "data",
        "KeysTable", "keys",
        "LedgerTable", "ledger",
        "ImagesBucket", "images",
        "EnrolQueue", "https://sqs/1/enrol",
        "DeadLetters", "https://sqs/1/dead",
        "AlarmTopic", "arn:topic",
        "Bundles", "new-512");
  }
}
