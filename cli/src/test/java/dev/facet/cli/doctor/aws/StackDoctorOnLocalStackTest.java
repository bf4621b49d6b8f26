package dev.facet.cli.doctor.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.cli.doctor.Diagnosis;
import dev.facet.cli.doctor.Finding;
import dev.facet.cli.doctor.Verdict;
import dev.facet.spec.ApiOperation;
import dev.facet.spec.ApiSpecification;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;

/**
 * The doctor on the LocalStack that the property {@code facet.aws.endpoint} or the variable {@code
 * AWS_ENDPOINT_URL} names; skipped without one. LocalStack has no functions without Docker, and
 * does not import the authorization of methods.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StackDoctorOnLocalStackTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Region REGION = Region.US_EAST_1;
  private static final AwsCredentialsProvider ANYONE =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

  private final String name = "doctor-" + UUID.randomUUID();
  private final Map<String, Diagnosis> diagnoses = new LinkedHashMap<>();
  private CloudFormationClient cloudFormation;

  @BeforeAll
  void deploy() throws Exception {
    Optional<String> endpoint =
        Optional.ofNullable(System.getProperty("facet.aws.endpoint"))
            .or(() -> Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL")));
    assumeTrue(
        endpoint.isPresent(),
        "LocalStack is missing: set AWS_ENDPOINT_URL or -Dfacet.aws.endpoint");
    URI at = URI.create(endpoint.orElseThrow());
    cloudFormation =
        CloudFormationClient.builder()
            .httpClient(AwsCrtHttpClient.create())
            .region(REGION)
            .credentialsProvider(ANYONE)
            .endpointOverride(at)
            .overrideConfiguration(limits -> limits.apiCallTimeout(Duration.ofMinutes(2)))
            .build();
    String template = template();
    cloudFormation.createStack(create -> create.stackName(name).templateBody(template));
    cloudFormation
        .waiter()
        .waitUntilStackCreateComplete(describe -> describe.stackName(name))
        .matched();
    try (StackDoctor doctor = new StackDoctor(name, REGION, ANYONE, at)) {
      doctor.requireStack();
      for (Finding finding : Finding.all(doctor.checks())) {
        diagnoses.put(finding.check(), finding.diagnosis());
      }
    }
  }

  @AfterAll
  void remove() {
    if (cloudFormation != null) {
      cloudFormation.deleteStack(delete -> delete.stackName(name));
      cloudFormation.close();
    }
  }

  @Test
  void every_method_is_read() {
    assertThat(diagnosis("methods").detail())
        .contains("POST /v1/subjects")
        .doesNotContain("is not deployed")
        .doesNotContain("is not in openapi.yaml");
  }

  @Test
  void an_api_without_a_policy_accepts_old_tls() {
    assertThat(diagnosis("connections").verdict()).isEqualTo(Verdict.FAULT);
    assertThat(diagnosis("connections").detail()).contains("the API accepts TLS 1.0");
  }

  @Test
  void alarms_and_their_subscriptions_are_read() {
    assertThat(diagnosis("alarms")).isEqualTo(Diagnosis.ok("1 alarms exist and are off"));
    assertThat(diagnosis("subscriptions")).isEqualTo(Diagnosis.ok("1 confirmed, 0 pending"));
  }

  @Test
  void queues_and_their_ages_are_read() {
    assertThat(diagnosis("queues")).isEqualTo(Diagnosis.ok("no enrolment waits"));
  }

  @Test
  void an_empty_table_needs_no_bundle() {
    assertThat(diagnosis("bundles"))
        .isEqualTo(Diagnosis.ok("every gallery's bundle is deployed (faces-512)"));
  }

  private Diagnosis diagnosis(String check) {
    return Objects.requireNonNull(diagnoses.get(check), check);
  }

  private String template() throws Exception {
    ObjectNode template = JSON.createObjectNode();
    ObjectNode resources = template.putObject("Resources");
    table(resources, "Data", true);
    table(resources, "Keys", false);
    resource(
        resources,
        "Images",
        "AWS::S3::Bucket",
        "{'LifecycleConfiguration':{'Rules':[{'Status':'Enabled','ExpirationInDays':365}]}}");
    resource(
        resources,
        "Key",
        "AWS::KMS::Key",
        "{'EnableKeyRotation':true,'KeyPolicy':{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Principal':{'AWS':'*'},'Action':'kms:*','Resource':'*'}]}}");
    resource(resources, "Dead", "AWS::SQS::Queue", "{'MessageRetentionPeriod':1209600}");
    resource(
        resources,
        "Queue",
        "AWS::SQS::Queue",
        "{'RedrivePolicy':{'maxReceiveCount':3,'deadLetterTargetArn':{'Fn::GetAtt':['Dead','Arn']}}}");
    resource(resources, "Topic", "AWS::SNS::Topic", "{}");
    resource(
        resources,
        "Subscription",
        "AWS::SNS::Subscription",
        "{'TopicArn':{'Ref':'Topic'},'Protocol':'sqs','Endpoint':{'Fn::GetAtt':['Queue','Arn']}}");
    resource(
        resources,
        "Alarm",
        "AWS::CloudWatch::Alarm",
        "{'Namespace':'Facet','MetricName':'Faults','Statistic':'Sum','Period':300,"
            + "'EvaluationPeriods':1,'Threshold':1,'TreatMissingData':'notBreaching',"
            + "'ComparisonOperator':'GreaterThanOrEqualToThreshold',"
            + "'AlarmActions':[{'Ref':'Topic'}]}");
    log(resources, "Unlimited", "unlimited", "");
    log(resources, "Limited", "limited", ",'RetentionInDays':30");
    resource(resources, "Api", "AWS::ApiGateway::RestApi", "{'Name':'doctor'}");
    resources.withObject("/Api/Properties").set("Body", api());
    ObjectNode outputs = template.putObject("Outputs");
    for (Map.Entry<String, String> output :
        Map.of(
                "RestApi", "Api",
                "DataTable", "Data",
                "KeysTable", "Keys",
                "LedgerTable", "Keys",
                "ImagesBucket", "Images",
                "EnrolQueue", "Queue",
                "DeadLetters", "Dead",
                "AlarmTopic", "Topic")
            .entrySet()) {
      outputs.putObject(output.getKey()).putObject("Value").put("Ref", output.getValue());
    }
    outputs.putObject("Bundles").put("Value", "faces-512");
    return template.toString();
  }

  private void log(ObjectNode resources, String id, String suffix, String more) throws Exception {
    resource(
        resources,
        id,
        "AWS::Logs::LogGroup",
        "{'LogGroupName':'/%s/%s'%s}".formatted(name, suffix, more));
  }

  private static void table(ObjectNode resources, String id, boolean isProtected) throws Exception {
    resource(
        resources,
        id,
        "AWS::DynamoDB::Table",
        ("{'BillingMode':'PAY_PER_REQUEST','DeletionProtectionEnabled':%s,"
                + "'PointInTimeRecoverySpecification':{'PointInTimeRecoveryEnabled':true},"
                + "'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'}],"
                + "'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}]}")
            .formatted(isProtected));
  }

  private static void resource(ObjectNode resources, String id, String type, String properties)
      throws Exception {
    resources
        .putObject(id)
        .put("Type", type)
        .set("Properties", JSON.readTree(properties.replace('\'', '"')));
  }

  /** Returns a document with all operations, whose integrations are mocks. */
  private static ObjectNode api() {
    ObjectNode body = JSON.createObjectNode().put("openapi", "3.0.1");
    body.putObject("info").put("title", "doctor").put("version", "1");
    ObjectNode paths = body.putObject("paths");
    for (ApiOperation operation : ApiSpecification.bundled().operations()) {
      paths
          .withObjectProperty(operation.path())
          .putObject(operation.method().toLowerCase(Locale.ROOT))
          .putObject("x-amazon-apigateway-integration")
          .put("type", "mock");
    }
    return body;
  }
}
