package dev.facet.infra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.aws.lambda.Ping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

class FacetStackIT {

  private final Synthesis defaults = Synthesis.ofDefaults();
  private final Synthesis everything = Synthesis.ofEverything();
  private final Template template = defaults.template();

  @Test
  void cdk_nag_finds_nothing_that_has_no_reason() {
    assertThat(defaults.findings()).isEmpty();
    assertThat(everything.findings()).isEmpty();
  }

  @Test
  void tables_are_billed_on_demand_recoverable_protected_and_under_our_key() {
    template.resourceCountIs("AWS::DynamoDB::Table", 3);
    template.allResourcesProperties(
        "AWS::DynamoDB::Table",
        Map.of(
            "BillingMode",
            "PAY_PER_REQUEST",
            "DeletionProtectionEnabled",
            true,
            "PointInTimeRecoverySpecification",
            Map.of("PointInTimeRecoveryEnabled", true, "RecoveryPeriodInDays", 7),
            "SSESpecification",
            Match.objectLike(Map.of("SSEEnabled", true, "SSEType", "KMS"))));
    template.allResources(
        "AWS::DynamoDB::Table",
        Map.of("DeletionPolicy", "Retain", "UpdateReplacePolicy", "Retain"));
    template.hasResourceProperties(
        "AWS::DynamoDB::Table",
        Map.of("TimeToLiveSpecification", Map.of("AttributeName", "expires", "Enabled", true)));
    template.hasResource(
        "AWS::KMS::Key",
        Map.of("DeletionPolicy", "Retain", "Properties", Map.of("EnableKeyRotation", true)));
  }

  @Test
  void photos_are_out_of_the_publics_reach_unversioned_encrypted_and_expire() {
    template.hasResource(
        "AWS::S3::Bucket",
        Map.of(
            "DeletionPolicy",
            "Retain",
            "Properties",
            Map.of(
                "VersioningConfiguration",
                Match.absent(),
                "PublicAccessBlockConfiguration",
                Map.of(
                    "BlockPublicAcls", true,
                    "BlockPublicPolicy", true,
                    "IgnorePublicAcls", true,
                    "RestrictPublicBuckets", true),
                "BucketEncryption",
                Map.of(
                    "ServerSideEncryptionConfiguration",
                    List.of(
                        Match.objectLike(
                            Map.of(
                                "BucketKeyEnabled",
                                true,
                                "ServerSideEncryptionByDefault",
                                Match.objectLike(Map.of("SSEAlgorithm", "aws:kms")))))),
                "LifecycleConfiguration",
                Map.of(
                    "Rules",
                    List.of(
                        Match.objectLike(Map.of("ExpirationInDays", 365, "Status", "Enabled")))))));
    assertThat(defaults.only("AWS::S3::BucketPolicy", "StoresImages").toString())
        .contains("\"aws:SecureTransport\":\"false\"");
    template.hasResource("AWS::S3::BucketPolicy", Map.of("DeletionPolicy", "Retain"));
  }

  @Test
  void handlers_run_on_java25_restored_from_snapshots_behind_an_alias() {
    List<JsonNode> handlers =
        defaults.functions().stream().filter(function -> function.has("Handler")).toList();

    assertThat(handlers).hasSizeGreaterThanOrEqualTo(13);
    for (JsonNode handler : handlers) {
      assertThat(handler.path("Runtime").asText()).isEqualTo("java25");
      assertThat(handler.at("/SnapStart/ApplyOn").asText()).isEqualTo("PublishedVersions");
      assertThat(handler.at("/TracingConfig/Mode").asText()).isEqualTo("Active");
      assertThat(handler.path("Layers").size()).isBetween(1, 2);
      assertThat(handler.has("LoggingConfig")).isTrue();
      assertThat(handler.has("ReservedConcurrentExecutions")).isFalse();
    }
    template.resourceCountIs("AWS::Lambda::Alias", handlers.size() + 1);
    template.allResourcesProperties("AWS::Lambda::Alias", Map.of("Name", "live"));
    template.resourceCountIs("AWS::Lambda::Version", handlers.size() + 1);
  }

  @Test
  void every_function_is_traced_and_names_its_stack_to_its_metrics() {
    for (JsonNode function : defaults.functions()) {
      assertThat(function.at("/TracingConfig/Mode").asText()).isEqualTo("Active");
      assertThat(function.at("/Environment/Variables/FACET_SERVICE").asText()).isEqualTo("Facet");
    }
    for (JsonNode function : everything.functions()) {
      assertThat(function.at("/Environment/Variables/FACET_SERVICE").asText())
          .isEqualTo("Everything");
    }
  }

  @Test
  void every_handler_that_is_named_exists() throws Exception {
    for (JsonNode function : defaults.functions()) {
      if (function.has("Handler")) {
        String handler = function.path("Handler").textValue();
        assertThat(Class.forName(handler).getConstructor()).isNotNull();
      }
    }
  }

  @Test
  void the_face_function_is_an_image_that_a_new_account_can_run() {
    template.hasResourceProperties(
        "AWS::Lambda::Function",
        Map.of(
            "PackageType",
            "Image",
            "MemorySize",
            3008,
            "EphemeralStorage",
            Map.of("Size", 1024),
            "Architectures",
            List.of("x86_64")));
    template.hasResourceProperties(
        "AWS::Lambda::Alias", Map.of("ProvisionedConcurrencyConfig", Match.absent()));
    everything
        .template()
        .hasResourceProperties(
            "AWS::Lambda::Alias",
            Map.of("ProvisionedConcurrencyConfig", Map.of("ProvisionedConcurrentExecutions", 2)));
    assertThat(
            everything
                .only("AWS::Lambda::Function", "Face")
                .path("ReservedConcurrentExecutions")
                .asInt())
        .isEqualTo(300);
    assertThat(defaults.only("AWS::Lambda::Function", "Face").has("ReservedConcurrentExecutions"))
        .isFalse();
    everything
        .template()
        .hasResourceProperties(
            "AWS::Lambda::Function",
            Map.of(
                "PackageType",
                "Image",
                "Architectures",
                List.of("arm64"),
                "Environment",
                Map.of(
                    "Variables",
                    Match.objectLike(Map.of("FACET_MATCHING", "FACE3_1/face=1.10,0.95,0.8")))));
  }

  @Test
  void handlers_have_the_grants_they_need_and_no_other() {
    String policy = policyOf("HandlersRegisterSubject");

    assertThat(actions(policy))
        .containsExactlyInAnyOrder(
            "dynamodb:GetItem",
            "lambda:InvokeFunction",
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:Encrypt",
            "kms:GenerateDataKey",
            "kms:ReEncryptFrom",
            "kms:ReEncryptTo",
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "xray:PutTelemetryRecords",
            "xray:PutTraceSegments");
    assertThat(policy).contains("\"dynamodb:LeadingKeys\":[\"application#*\"]");
    assertThat(policy).contains("kms:ViaService");
  }

  @Test
  void unsigned_routes_run_no_function_are_throttled_and_compressed() {
    JsonNode api = defaults.only("AWS::ApiGateway::RestApi", "Service");
    JsonNode settings = defaults.only("AWS::ApiGateway::Stage", "Service").path("MethodSettings");
    List<String> unsigned = new ArrayList<>();
    api.at("/Body/paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation -> {
                          if (operation.getValue().required("security").isEmpty()) {
                            unsigned.add(
                                operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
                            assertThat(
                                    operation
                                        .getValue()
                                        .at("/x-amazon-apigateway-integration/type")
                                        .asText())
                                .isEqualTo("mock");
                          }
                        }));
    Map<String, JsonNode> throttled = new TreeMap<>();
    settings.forEach(
        setting -> {
          String path = setting.path("ResourcePath").asText().substring(1).replace("~1", "/");
          if (setting.has("ThrottlingRateLimit")) {
            throttled.put(setting.path("HttpMethod").asText() + " " + path, setting);
          }
        });

    assertThat(unsigned).contains("GET /v1/health", "GET /openapi.json", "OPTIONS /v1/subjects");
    assertThat(throttled.keySet()).containsExactlyInAnyOrderElementsOf(unsigned);
    for (JsonNode setting : throttled.values()) {
      assertThat(setting.path("ThrottlingRateLimit").asInt()).isBetween(1, 20);
      assertThat(setting.path("ThrottlingBurstLimit").asInt()).isBetween(1, 40);
      assertThat(setting.path("DataTraceEnabled").asBoolean()).isFalse();
    }
    assertThat(api.path("MinimumCompressionSize").asInt()).isEqualTo(1_024);
  }

  @Test
  void the_face_function_never_sees_the_keys_records() {
    String policy = policyOf("Face");

    assertThat(policy).contains("StoresData").doesNotContain("StoresKeys");
    assertThat(policy).doesNotContain("dynamodb:*").doesNotContain("s3:*").doesNotContain("kms:*");
  }

  @Test
  void the_api_is_regional_and_logs_and_traces_neither_keys_nor_bodies_nor_paths() {
    template.hasResourceProperties(
        "AWS::ApiGateway::RestApi",
        Map.of("EndpointConfiguration", Map.of("Types", List.of("REGIONAL"))));
    JsonNode stage = defaults.only("AWS::ApiGateway::Stage", "Service");

    assertThat(stage.path("StageName").asText()).isEqualTo("prod");
    // a segment of the gateway holds the URL, with a subject's id or a signature in the query
    assertThat(stage.path("TracingEnabled").asBoolean()).isFalse();
    assertThat(stage.at("/MethodSettings/0/DataTraceEnabled").asBoolean()).isFalse();
    assertThat(stage.at("/MethodSettings/0/LoggingLevel").asText()).isEqualTo("OFF");
    assertThat(stage.at("/AccessLogSetting/Format").asText())
        .contains("$context.requestId", "$context.resourcePath")
        .doesNotContain("$context.path", "identity.apiKey\"", "$input", "$context.requestOverride");
  }

  @Test
  void an_api_keys_plan_is_the_specifications() {
    template.hasResourceProperties(
        "AWS::ApiGateway::UsagePlan",
        Map.of(
            "Throttle", Map.of("RateLimit", 200, "BurstLimit", 400),
            "Quota", Map.of("Limit", 100_000, "Period", "DAY")));
    template.resourceCountIs("Custom::AWS", 0);
    assertThat(everything.resources("Custom::AWS").toString())
        .contains("updateUsagePlan", "/productCode", "abc123");
  }

  @Test
  void the_gateway_may_invoke_a_function_for_its_own_routes_only() {
    List<JsonNode> permissions =
        defaults.resources("AWS::Lambda::Permission").values().stream()
            .map(permission -> permission.required("Properties"))
            .toList();

    assertThat(permissions).hasSizeGreaterThan(15);
    for (JsonNode permission : permissions) {
      if (permission.path("Principal").asText().equals("events.amazonaws.com")) {
        assertThat(permission.path("SourceArn").toString())
            .containsPattern(
                "DeadLetterEveryMinute|(RepairKeys|SweepImages)EveryHour|KeepAliveDaily");
        continue;
      }
      assertThat(permission.path("Principal").asText()).isEqualTo("apigateway.amazonaws.com");
      assertThat(permission.path("SourceArn").toString()).containsPattern("/prod/[A-Z]+/");
    }
  }

  /** Lambda deactivates a snapshot or image that is not used for two weeks. */
  @Test
  void every_function_is_invoked_at_least_daily() {
    List<String> invoked = new ArrayList<>();
    for (JsonNode rule : defaults.resources("AWS::Events::Rule").values()) {
      JsonNode targets = rule.at("/Properties/Targets");
      assertThat(targets.size()).isLessThanOrEqualTo(5);
      assertThat(rule.at("/Properties/ScheduleExpression").asText())
          .matches("rate\\(1 (minute|hour|day)\\)");
      for (JsonNode target : targets) {
        invoked.add(target.at("/Arn/Ref").asText());
        if (rule.at("/Properties/ScheduleExpression").asText().contains("day")) {
          assertThat(Ping.isPing(target.path("Input").asText().getBytes(UTF_8))).isTrue();
        }
      }
    }

    assertThat(invoked)
        .containsExactlyInAnyOrderElementsOf(defaults.resources("AWS::Lambda::Alias").keySet());
  }

  @Test
  void the_queue_hides_messages_for_six_worker_timeouts() {
    JsonNode queue = defaults.only("AWS::SQS::Queue", "RetriesQueue");
    assertThat(queue.path("VisibilityTimeout").asInt())
        .isGreaterThanOrEqualTo(6 * HandlerFunction.TIMEOUT_SECONDS);
    template.resourceCountIs("AWS::Lambda::EventSourceMapping", 1);
    template.hasResourceProperties(
        "AWS::Lambda::EventSourceMapping",
        Map.of(
            "FunctionResponseTypes",
            List.of("ReportBatchItemFailures"),
            "ScalingConfig",
            Map.of("MaximumConcurrency", 5)));
    template.hasResourceProperties(
        "AWS::KMS::Key", Map.of("KeySpec", "HMAC_256", "KeyUsage", "GENERATE_VERIFY_MAC"));
  }

  @Test
  void the_repair_of_keys_can_be_left_out() {
    assertThat(everything.resources("AWS::Lambda::Function").keySet())
        .noneMatch(function -> function.startsWith("HandlersRepairKeys"));
    assertThat(everything.resources("AWS::IAM::Policy").toString()).doesNotContain("/apikeys");
  }

  @Test
  void keys_are_repaired_every_hour_by_what_can_not_make_one() {
    template.hasResourceProperties(
        "AWS::Events::Rule", Map.of("ScheduleExpression", "rate(1 hour)"));
    assertThat(actions(policyOf("HandlersRepairKeys")))
        .contains("apigateway:DELETE", "dynamodb:Scan")
        .doesNotContain("apigateway:*", "apigateway:PATCH", "dynamodb:Query");
  }

  @Test
  void a_write_that_fails_thrice_is_kept_for_two_weeks_and_told() {
    template.hasResourceProperties(
        "AWS::SQS::Queue",
        Map.of(
            "MessageRetentionPeriod",
            1_209_600,
            "RedrivePolicy",
            Match.objectLike(Map.of("maxReceiveCount", 3))));
    template.allResourcesProperties("AWS::SQS::Queue", Map.of("KmsMasterKeyId", Match.anyValue()));
    template.hasResourceProperties(
        "AWS::CloudWatch::Alarm",
        Map.of("MetricName", "ApproximateNumberOfMessagesVisible", "Threshold", 1));
  }

  @Test
  void every_alarm_is_sent_to_a_topic_that_accepts_it() {
    for (JsonNode each : defaults.resources("AWS::CloudWatch::Alarm").values()) {
      assertThat(each.at("/Properties/AlarmActions/0/Ref").asText()).startsWith("AlarmsTopic");
    }
    assertThat(defaults.only("AWS::SNS::TopicPolicy", "AlarmsTopic").toString())
        .contains("cloudwatch.amazonaws.com", "sns:Publish", "aws:SourceAccount");
    template.resourceCountIs("AWS::SNS::Subscription", 0);
    template.hasOutput("AlarmTopic", Map.of("Value", Match.anyValue()));
    everything
        .template()
        .hasResourceProperties(
            "AWS::SNS::Subscription", Map.of("Protocol", "email", "Endpoint", "pager@example.com"));
    for (JsonNode each : everything.resources("AWS::CloudWatch::Alarm").values()) {
      assertThat(each.at("/Properties/AlarmActions/1").asText())
          .isEqualTo("arn:aws:sns:eu-west-1:111122223333:pager");
    }
  }

  @Test
  void alarms_watch_requests_schedules_queues_galleries_and_tables() {
    assertThat(
            defaults.resources("AWS::CloudWatch::Alarm").keySet().stream()
                .map(id -> id.replaceFirst("^Alarms", "").replaceFirst("[0-9A-F]{8}$", "")))
        .containsExactlyInAnyOrder(
            "ServerErrors",
            "Latency",
            "FaceErrors",
            "Throttles0",
            "Throttles1",
            "DeadLetterErrors",
            "DeadLetterAbsent",
            "SweepImagesErrors",
            "SweepImagesAbsent",
            "RepairKeysErrors",
            "RepairKeysAbsent",
            "QueueAge",
            "DeadLetters",
            "GallerySize",
            "LogBytes",
            "LogDamaged",
            "DataTableThrottles",
            "KeysTableThrottles",
            "LedgerTableThrottles");
    assertThat(defaults.only("AWS::CloudWatch::Alarm", "AlarmsGallerySize").path("Threshold"))
        .hasToString("32000");
    JsonNode absent = defaults.only("AWS::CloudWatch::Alarm", "AlarmsSweepImagesAbsent");
    assertThat(absent.path("TreatMissingData").asText()).isEqualTo("breaching");
    assertThat(absent.path("ComparisonOperator").asText()).isEqualTo("LessThanThreshold");
  }

  /** An alarm on a metric that no function emits would never be raised. */
  @Test
  void the_functions_emit_every_metric_of_ours_that_is_watched() throws Exception {
    String documented = Files.readString(Synthesis.ROOT.resolve("docs/operations.md"));
    List<String> ours = new ArrayList<>();
    for (JsonNode alarm : defaults.resources("AWS::CloudWatch::Alarm").values()) {
      JsonNode properties = alarm.required("Properties");
      if (properties.path("Namespace").asText().equals("Facet")) {
        ours.add(properties.path("MetricName").asText());
      }
    }

    assertThat(ours).containsExactlyInAnyOrder("GallerySize", "LogBytes", "LogDamaged");
    for (String metric : ours) {
      assertThat(documented).contains("`" + metric + "`");
      assertThat(emitted(metric)).as(metric).isTrue();
    }
  }

  @Test
  void a_callers_mistake_that_the_vendor_answers_with500_raises_no_alarm() {
    JsonNode metrics =
        defaults.only("AWS::CloudWatch::Alarm", "AlarmsServerErrors").required("Metrics");

    assertThat(metrics.findValuesAsText("Expression"))
        .containsExactly(
            "IF(FILL(requests, 0) > 0, 100 * (FILL(all, 0) + FILL(faults, 0) + FILL(timeouts, 0)"
                + " + FILL(crashes, 0) - (FILL(deletions, 0) + FILL(aliased, 0))) / requests, 0)");
    List<String> routes = new ArrayList<>();
    metrics.forEach(
        metric ->
            metric
                .at("/MetricStat/Metric/Dimensions")
                .forEach(
                    dimension -> {
                      if (dimension.path("Name").asText().equals("Resource")) {
                        routes.add(dimension.path("Value").asText());
                      }
                    }));
    assertThat(routes).contains("/node/{version}/deleteUser", "/node/deleteUser");
  }

  @Test
  void the_api_bears_one_name_by_which_its_metrics_are_found() {
    JsonNode api = everything.only("AWS::ApiGateway::RestApi", "Service");
    assertThat(api.path("Name").asText()).isEqualTo("Everything");
    assertThat(api.at("/Body/info/title").asText()).isEqualTo("Everything");
    assertThat(everything.only("AWS::CloudWatch::Alarm", "AlarmsServerErrors").toString())
        .contains("{\"Name\":\"ApiName\",\"Value\":\"Everything\"}");
  }

  @Test
  void photos_that_nobody_refers_to_are_swept_every_hour_by_who_cannot_see_them() {
    String policy = policyOf("HandlersSweepImages");

    assertThat(policy)
        .contains(
            "\"s3:DeleteObject\"",
            "\"dynamodb:LeadingKeys\":[\"erasure#*\",\"log-erasure#*\"]",
            "\"dynamodb:LeadingKeys\":[\"gallery#*\"]");
    assertThat(policy).doesNotContain("s3:GetObject", "subject#", "StoresKeys");
    assertThat(defaults.only("AWS::Events::Rule", "HandlersSweepImages").toString())
        .contains("rate(1 hour)", "HandlersSweepImagesLive");
    assertThat(
            defaults
                .only("AWS::Lambda::Function", "HandlersSweepImages")
                .at("/Environment/Variables/FACET_IMAGES_BUCKET")
                .toString())
        .contains("StoresImages");
  }

  @Test
  void keys_are_used_through_services_or_for_jobs_alone() {
    for (JsonNode policy : defaults.resources("AWS::IAM::Policy").values()) {
      for (JsonNode statement : policy.at("/Properties/PolicyDocument/Statement")) {
        if (statement.toString().contains("StoresKey") && statement.toString().contains("kms:")) {
          assertThat(statement.path("Condition").toString())
              .containsPattern("kms:ViaService|kms:EncryptionContextKeys");
        }
      }
    }
  }

  /**
   * Well below the quotas: 500 resources and 1 MB a template (CloudFormation), 300 KB a mapping
   * template (API Gateway).
   */
  @Test
  void the_template_keeps_within_cloud_formations_limits() {
    for (Synthesis synthesis : List.of(defaults, everything)) {
      assertThat(size(synthesis.json())).isLessThanOrEqualTo(600_000);
      assertThat(synthesis.json().required("Resources").size()).isLessThanOrEqualTo(450);
      JsonNode body = synthesis.only("AWS::ApiGateway::RestApi", "Service").required("Body");
      List<JsonNode> templates = new ArrayList<>();
      body.findValues("responseTemplates").forEach(each -> each.forEach(templates::add));
      assertThat(templates).hasSizeGreaterThan(15);
      for (JsonNode mapping : templates) {
        assertThat(size(mapping)).isLessThanOrEqualTo(250_000);
      }
    }
  }

  @Test
  void a_changed_api_is_deployed_anew() {
    assertThat(defaults.resources("AWS::ApiGateway::Deployment").keySet())
        .isNotEqualTo(everything.resources("AWS::ApiGateway::Deployment").keySet());
  }

  @Test
  void a_log_that_is_shared_waits_for_the_accounts_role() {
    String stage =
        defaults.resources("AWS::ApiGateway::Stage").values().iterator().next().toString();
    assertThat(stage).containsPattern("\"DependsOn\":\\[\"ServiceApiAccount[^\"]*\"]");
  }

  @Test
  void every_functions_log_has_an_end_and_goes_with_the_stack() {
    template.allResources("AWS::Logs::LogGroup", Map.of("DeletionPolicy", "Delete"));
    everything
        .template()
        .allResourcesProperties("AWS::Logs::LogGroup", Map.of("RetentionInDays", 30));
    for (JsonNode function : everything.resources("AWS::Lambda::Function").values()) {
      assertThat(function.at("/Properties/LoggingConfig/LogGroup").isMissingNode()).isFalse();
    }
  }

  @Test
  void the_firewall_counts_what_photos_look_like_and_blocks_the_rest() {
    template.resourceCountIs("AWS::WAFv2::WebACL", 0);
    JsonNode rules = everything.only("AWS::WAFv2::WebACL", "Firewall").path("Rules");

    assertThat(rules.at("/0/Statement/RateBasedStatement/Limit").asInt()).isEqualTo(500);
    assertThat(rules.at("/0/Action").has("Block")).isTrue();
    JsonNode overrides = rules.at("/1/Statement/ManagedRuleGroupStatement/RuleActionOverrides");
    assertThat(overrides.findValuesAsText("Name"))
        .contains("SizeRestrictions_BODY", "CrossSiteScripting_BODY", "GenericLFI_BODY");
    overrides.forEach(rule -> assertThat(rule.path("ActionToUse").has("Count")).isTrue());
    everything.template().resourceCountIs("AWS::WAFv2::WebACLAssociation", 1);
  }

  @Test
  void other_accounts_are_let_in_by_name_and_what_is_unsigned_stays_open() {
    assertThat(defaults.only("AWS::ApiGateway::RestApi", "Service").has("Policy")).isFalse();
    JsonNode policy = everything.only("AWS::ApiGateway::RestApi", "Service").required("Policy");

    assertThat(policy.at("/Statement/0/Principal").toString()).contains("111122223333");
    assertThat(policy.at("/Statement/1/Resource").toString())
        .contains("execute-api:/prod/GET/v1/health", "execute-api:/prod/POST/node/*/enroll")
        .doesNotContain("POST/v1/subjects");
  }

  @Test
  void the_api_and_its_own_name_accept_tls_1_2_and_newer() {
    JsonNode api = defaults.only("AWS::ApiGateway::RestApi", "Service");

    assertThat(api.path("SecurityPolicy").asText())
        .isEqualTo("SecurityPolicy_TLS13_1_2_PQ_2025_09");
    assertThat(api.path("EndpointAccessMode").asText()).isEqualTo("STRICT");
    template.resourceCountIs("AWS::ApiGateway::DomainName", 0);
    everything
        .template()
        .hasResourceProperties(
            "AWS::ApiGateway::DomainName",
            Map.of(
                "DomainName",
                "faces.example.com",
                "SecurityPolicy",
                "SecurityPolicy_TLS13_1_3_2025_09",
                "EndpointAccessMode",
                "STRICT"));
    assertThat(
            everything.only("AWS::ApiGateway::RestApi", "Service").path("SecurityPolicy").asText())
        .isEqualTo("SecurityPolicy_TLS13_1_3_2025_09");
  }

  @Test
  void behind_a_domain_the_api_answers_under_no_other_name() {
    assertThat(
            defaults
                .only("AWS::ApiGateway::RestApi", "Service")
                .path("DisableExecuteApiEndpoint")
                .asBoolean())
        .isFalse();
    assertThat(
            everything
                .only("AWS::ApiGateway::RestApi", "Service")
                .path("DisableExecuteApiEndpoint")
                .asBoolean())
        .isTrue();
    everything.template().hasOutput("Endpoint", Map.of("Value", "https://faces.example.com"));
  }

  @Test
  void commands_find_what_they_administer() {
    for (String output :
        List.of(
            "DataTable", "KeysTable", "LedgerTable", "RestApi", "Stage", "UsagePlan", "Endpoint")) {
      template.hasOutput(output, Map.of("Value", Match.anyValue()));
    }
    template.hasOutput("Bundles", Map.of("Value", "sface-128-v1"));
  }

  @Test
  void existing_stores_are_used_instead_of_new_ones() {
    Synthesis existing = Synthesis.ofExistingStores();
    existing.template().resourceCountIs("AWS::DynamoDB::Table", 0);
    existing.template().resourceCountIs("AWS::S3::Bucket", 0);
    assertThat(existing.resources("AWS::KMS::Key").keySet())
        .noneMatch(id -> id.startsWith("Stores"));
    assertThat(existing.findings()).isEmpty();
    existing.template().hasOutput("DataTable", Map.of("Value", "restored-data"));
    existing.template().hasOutput("LedgerTable", Map.of("Value", "kept-ledger"));
    String policies = existing.resources("AWS::IAM::Policy").toString();
    assertThat(policies)
        .contains(
            ":table/restored-data",
            ":table/restored-keys",
            ":table/kept-ledger",
            ":s3:::kept-images/*",
            "arn:aws:kms:eu-west-1:111122223333:key/kept-1");
  }

  @Test
  void an_existing_data_table_is_used_only_after_a_restore() {
    for (String function : List.of("FaceFunction", "HandlersSweepImages")) {
      assertThat(adopted(Synthesis.ofExistingStores(), function)).isEqualTo("true");
      assertThat(adopted(defaults, function)).isEmpty();
    }
  }

  private static String adopted(Synthesis stack, String function) {
    return stack.resources("AWS::Lambda::Function").entrySet().stream()
        .filter(each -> each.getKey().startsWith(function))
        .map(each -> each.getValue().at("/Properties/Environment/Variables/FACET_DATA_ADOPTED"))
        .map(JsonNode::asText)
        .reduce("", String::concat);
  }

  @Test
  void everything_is_tagged_as_asked() {
    assertThat(everything.only("AWS::KMS::Key", "Stores").path("Tags").toString())
        .contains("{\"Key\":\"team\",\"Value\":\"faces\"}");
  }

  @Test
  void protection_against_deletion_can_be_lifted() {
    everything
        .template()
        .allResourcesProperties("AWS::DynamoDB::Table", Map.of("DeletionProtectionEnabled", false));
  }

  @Test
  void methods_have_metrics_where_an_alarm_needs_them() {
    List<String> metered = new ArrayList<>();
    for (JsonNode setting :
        defaults.only("AWS::ApiGateway::Stage", "Service").path("MethodSettings")) {
      if (setting.path("MetricsEnabled").asBoolean()) {
        metered.add(setting.path("ResourcePath").asText().substring(1).replace("~1", "/"));
      }
    }
    assertThat(metered).containsExactlyInAnyOrderElementsOf(Alarms.SUBTRACTED_ROUTES);
  }

  @Test
  void an_audit_records_every_access_to_photos_and_items() {
    template.resourceCountIs("AWS::CloudTrail::Trail", 0);
    JsonNode trail = everything.only("AWS::CloudTrail::Trail", "Audit");
    JsonNode selectors = trail.required("AdvancedEventSelectors");

    assertThat(trail.has("EventSelectors")).isFalse();
    assertThat(trail.path("IsLogging").asBoolean()).isTrue();
    assertThat(trail.path("EnableLogFileValidation").asBoolean()).isTrue();
    assertThat(selectors.findValuesAsText("Name")).containsExactly("Management", "Photos", "Items");
    assertThat(selectors.get(1).toString()).contains("AWS::S3::Object", "StoresImages");
    assertThat(selectors.get(2).toString())
        .contains("AWS::DynamoDB::Table", "StoresData", "StoresKeys", "StoresLedger")
        .doesNotContain("readOnly");
    everything
        .template()
        .hasResource("AWS::CloudTrail::Trail", Map.of("DependsOn", Match.anyValue()));
    assertThat(
            everything.only("AWS::S3::Bucket", "AuditLog").at("/LifecycleConfiguration").toString())
        .contains("365");
  }

  @Test
  void the_face_function_can_be_restored_from_a_snapshot() {
    JsonNode face = Synthesis.ofSnapStart().only("AWS::Lambda::Function", "Face");

    assertThat(face.at("/SnapStart/ApplyOn").asText()).isEqualTo("PublishedVersions");
    assertThat(face.at("/EphemeralStorage/Size").asInt()).isEqualTo(512);
    assertThat(defaults.only("AWS::Lambda::Function", "Face").has("SnapStart")).isFalse();
  }

  @Test
  void at_most_four_versions_are_published_at_once() {
    Map<String, JsonNode> versions = defaults.resources("AWS::Lambda::Version");
    long first =
        versions.entrySet().stream()
            .filter(version -> version.getKey().startsWith("Handlers"))
            .filter(version -> !version.getValue().path("DependsOn").toString().contains("Version"))
            .count();
    List<String> awaited = new ArrayList<>();
    versions
        .values()
        .forEach(
            version ->
                version
                    .path("DependsOn")
                    .forEach(
                        each -> {
                          if (versions.containsKey(each.asText())) {
                            awaited.add(each.asText());
                          }
                        }));

    assertThat(first).isEqualTo(4);
    assertThat(awaited).doesNotHaveDuplicates();
  }

  @Test
  void an_address_beyond_its_rate_is_answered_429_and_logged_without_secrets() {
    JsonNode rate = everything.only("AWS::WAFv2::WebACL", "Firewall").at("/Rules/0");
    JsonNode logging = everything.only("AWS::WAFv2::LoggingConfiguration", "Firewall");

    assertThat(rate.at("/Action/Block/CustomResponse/ResponseCode").asInt()).isEqualTo(429);
    assertThat(logging.path("RedactedFields").toString())
        .contains("authorization", "x-api-key", "x-amz-security-token", "UriPath", "QueryString");
    assertThat(logging.at("/LoggingFilter/DefaultBehavior").asText()).isEqualTo("DROP");
    assertThat(logging.at("/LoggingFilter/Filters/0/Conditions").findValuesAsText("Action"))
        .containsExactly("BLOCK", "COUNT");
    assertThat(everything.resources("AWS::Logs::LogGroup").toString())
        .contains("\"LogGroupName\":\"aws-waf-logs-Everything\"");
  }

  /** Returns the number of bytes of a value in JSON without white space. */
  private static int size(JsonNode json) {
    return json.toString().getBytes(UTF_8).length;
  }

  /** Returns whether the main sources of the functions name a metric. */
  private static boolean emitted(String metric) throws IOException {
    for (String module : List.of("layers/aws", "functions/face", "functions/api")) {
      try (Stream<Path> files = Files.walk(Synthesis.ROOT.resolve(module + "/src/main/java"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          if (Files.readString(file).contains("\"" + metric + "\"")) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private String policyOf(String prefix) {
    return defaults.only("AWS::IAM::Policy", prefix).required("PolicyDocument").toString();
  }

  private static List<String> actions(String policy) {
    return Pattern.compile("\"((apigateway|dynamodb|lambda|kms|logs|xray|s3):[A-Za-z*]+)\"")
        .matcher(policy)
        .results()
        .map(result -> result.group(1))
        .filter(action -> !action.equals("kms:ViaService") && !action.endsWith("LeadingKeys"))
        .distinct()
        .toList();
  }
}
