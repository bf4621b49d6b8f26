package dev.facet.infra;

import dev.facet.spec.ApiOperation;
import dev.facet.spec.ApiOperation.Action;
import dev.facet.spec.ApiSpecification;
import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.services.apigateway.AccessLogFormat;
import software.amazon.awscdk.services.apigateway.ApiDefinition;
import software.amazon.awscdk.services.apigateway.CfnRestApi;
import software.amazon.awscdk.services.apigateway.DomainNameOptions;
import software.amazon.awscdk.services.apigateway.EndpointAccessMode;
import software.amazon.awscdk.services.apigateway.EndpointType;
import software.amazon.awscdk.services.apigateway.LogGroupLogDestination;
import software.amazon.awscdk.services.apigateway.MethodDeploymentOptions;
import software.amazon.awscdk.services.apigateway.MethodLoggingLevel;
import software.amazon.awscdk.services.apigateway.Period;
import software.amazon.awscdk.services.apigateway.QuotaSettings;
import software.amazon.awscdk.services.apigateway.SecurityPolicy;
import software.amazon.awscdk.services.apigateway.SpecRestApi;
import software.amazon.awscdk.services.apigateway.Stage;
import software.amazon.awscdk.services.apigateway.StageOptions;
import software.amazon.awscdk.services.apigateway.ThrottleSettings;
import software.amazon.awscdk.services.apigateway.UsagePlan;
import software.amazon.awscdk.services.apigateway.UsagePlanPerApiStage;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Permission;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** The REST API built from the specification, with its stage, access log and usage plan. */
final class RestService extends Construct {

  private static final String STAGE = "prod";

  /** Requests per second of a method that needs no signature. */
  private static final int UNSIGNED_RATE = 20;

  private static final int UNSIGNED_BURST = 40;

  /** The specification has 100 KB, and a tenth of it compressed. */
  private static final Size MIN_COMPRESSION_SIZE = Size.kibibytes(1);

  private final String name;
  private final SpecRestApi api;
  private final UsagePlan plan;

  RestService(
      Construct scope,
      DeploymentSettings settings,
      ApiDocument document,
      HandlerFunctions handlers) {
    super(scope, "Service");
    name = settings.general().stackName();
    SpecRestApi.Builder builder =
        SpecRestApi.Builder.create(this, "Api")
            .restApiName(name)
            .description("Facet: NEC ID's /v1 and CryptoNets' /node")
            .apiDefinition(
                ApiDefinition.fromInline(
                    document.body(name, function -> invocation(handlers.get(function)))))
            .endpointTypes(List.of(EndpointType.REGIONAL))
            .deployOptions(stageOptions(settings.storage(), document.specification()))
            .minCompressionSize(MIN_COMPRESSION_SIZE)
            // API Gateway writes logs with a role that belongs to the whole account
            .cloudWatchRole(true)
            .cloudWatchRoleRemovalPolicy(RemovalPolicy.RETAIN);
    policy(settings.access(), document.specification()).ifPresent(builder::policy);
    SecurityPolicy tls = securityPolicy(settings.access().tls());
    settings
        .access()
        .domain()
        .ifPresent(
            domain ->
                // otherwise the API would also answer under a name that its owner does not control
                builder.domainName(named(domain, tls)).disableExecuteApiEndpoint(true));
    api = builder.build();
    secure(tls);
    grantInvocations(document.specification(), handlers);
    plan = plan(document.specification().usagePlan());
    suppressFindings();
  }

  Stage stage() {
    return api.getDeploymentStage();
  }

  /** Returns the metric of a route's 5xx responses. */
  IMetric serverErrors(String method, String route, Duration period) {
    return Metric.Builder.create()
        .namespace("AWS/ApiGateway")
        .metricName("5XXError")
        .dimensionsMap(
            new TreeMap<>(
                Map.of(
                    "ApiName",
                    name,
                    "Stage",
                    stage().getStageName(),
                    "Method",
                    method,
                    "Resource",
                    route)))
        .statistic("Sum")
        .period(period)
        .build();
  }

  String id() {
    return api.getRestApiId();
  }

  UsagePlan plan() {
    return plan;
  }

  /** Returns the host name behind the custom domain. */
  String target() {
    return Objects.requireNonNull(api.getDomainName(), "no domain was set")
        .getDomainNameAliasDomainName();
  }

  private static String invocation(HandlerFunction handler) {
    return "arn:%s:apigateway:%s:lambda:path/2015-03-31/functions/%s/invocations"
        .formatted(Aws.PARTITION, Aws.REGION, handler.live().getFunctionArn());
  }

  private StageOptions stageOptions(
      DeploymentSettings.Storage settings, ApiSpecification specification) {
    LogGroup log =
        LogGroup.Builder.create(this, "AccessLog")
            .retention(FunctionRole.retention(settings.logDays()))
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    return StageOptions.builder()
        .stageName(STAGE)
        // the gateway's traces would hold URLs: ids of subjects and, in queries, signatures
        .tracingEnabled(false)
        // metrics of each method are billed; those of the stage are always there
        .metricsEnabled(false)
        .loggingLevel(MethodLoggingLevel.OFF)
        .dataTraceEnabled(false)
        .methodOptions(methodOptions(specification))
        .accessLogDestination(new LogGroupLogDestination(log))
        .accessLogFormat(AccessLogFormat.custom(accessLogFormat()))
        .build();
  }

  /**
   * Returns throttles of the routes that the gateway answers itself, and metrics of the routes
   * whose responses an alarm subtracts. The callers of the former are unknown, so no plan limits
   * them, and they share the account's rate with all signed requests.
   */
  private static Map<String, MethodDeploymentOptions> methodOptions(
      ApiSpecification specification) {
    Map<String, MethodDeploymentOptions> options = new TreeMap<>();
    for (ApiOperation operation : specification.operations()) {
      String method = operation.path() + "/" + operation.method();
      if (operation.function().isEmpty()) {
        options.put(
            method,
            unlogged()
                .metricsEnabled(false)
                .throttlingRateLimit(UNSIGNED_RATE)
                .throttlingBurstLimit(UNSIGNED_BURST)
                .build());
      } else if (Alarms.SUBTRACTED_ROUTES.contains(operation.path())) {
        options.put(method, unlogged().metricsEnabled(true).build());
      }
    }
    return options;
  }

  private static MethodDeploymentOptions.Builder unlogged() {
    return MethodDeploymentOptions.builder()
        .loggingLevel(MethodLoggingLevel.OFF)
        .dataTraceEnabled(false);
  }

  /**
   * Returns the format of access log lines. A line has no key, body, query or path as sent: a path
   * names a subject, so the log shows its template instead.
   */
  private static String accessLogFormat() {
    Map<String, String> fields = new TreeMap<>();
    fields.put("requestId", "$context.requestId");
    fields.put("time", "$context.requestTimeEpoch");
    fields.put("method", "$context.httpMethod");
    fields.put("route", "$context.resourcePath");
    fields.put("status", "$context.status");
    fields.put("error", "$context.error.responseType");
    fields.put("bytes", "$context.responseLength");
    fields.put("latency", "$context.responseLatency");
    fields.put("handlerLatency", "$context.integration.latency");
    fields.put("sourceIp", "$context.identity.sourceIp");
    fields.put("apiKeyId", "$context.identity.apiKeyId");
    fields.put("principal", "$context.identity.userArn");
    return fields.entrySet().stream()
        .map(field -> "\"" + field.getKey() + "\":\"" + field.getValue() + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** Allows the gateway to invoke each function for the routes of that function. */
  private void grantInvocations(ApiSpecification specification, HandlerFunctions handlers) {
    for (ApiOperation operation : specification.operations()) {
      if (operation.action() instanceof Action.Invoke(String function)) {
        String path = operation.path().replaceAll("\\{[^}]*}", "*");
        handlers
            .get(function)
            .live()
            .addPermission(
                operation.id(),
                Permission.builder()
                    .principal(new ServicePrincipal("apigateway.amazonaws.com"))
                    .sourceArn(api.arnForExecuteApi(operation.method(), path, STAGE))
                    .build());
      }
    }
  }

  private UsagePlan plan(ApiSpecification.Plan plan) {
    return UsagePlan.Builder.create(this, "Plan")
        .description("The plan that a new API key joins")
        .throttle(
            ThrottleSettings.builder().rateLimit(plan.rate()).burstLimit(plan.burst()).build())
        .quota(
            QuotaSettings.builder()
                .limit(Math.toIntExact(plan.quota()))
                .period(Period.valueOf(plan.period()))
                .build())
        .apiStages(List.of(UsagePlanPerApiStage.builder().stage(stage()).build()))
        .build();
  }

  /**
   * Returns the API's resource policy, which principals of other accounts need. Once a policy
   * exists, it must also allow the unsigned routes.
   */
  private static Optional<PolicyDocument> policy(
      DeploymentSettings.Access settings, ApiSpecification specification) {
    if (settings.allowedAccounts().isEmpty()) {
      return Optional.empty();
    }
    List<String> unsigned = new ArrayList<>();
    for (ApiOperation operation : specification.operations()) {
      if (!operation.signed()) {
        String path = operation.path().replaceAll("\\{[^}]*}", "*");
        unsigned.add("execute-api:/" + STAGE + "/" + operation.method() + path);
      }
    }
    List<AccountPrincipal> accounts = new ArrayList<>();
    accounts.add(new AccountPrincipal(Aws.ACCOUNT_ID));
    settings.allowedAccounts().forEach(account -> accounts.add(new AccountPrincipal(account)));
    return Optional.of(
        PolicyDocument.Builder.create()
            .statements(
                List.of(
                    invoke().principals(accounts).resources(List.of("execute-api:/*")).build(),
                    invoke().principals(List.of(new AnyPrincipal())).resources(unsigned).build()))
            .build());
  }

  private static PolicyStatement.Builder invoke() {
    return PolicyStatement.Builder.create().actions(List.of("execute-api:Invoke"));
  }

  /**
   * Returns the gateway's policy of TLS versions and ciphers. Without one, a Regional API accepts
   * TLS 1.0.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html">Security
   *     policies</a>
   */
  private static SecurityPolicy securityPolicy(DeploymentSettings.Tls tls) {
    return switch (tls) {
      case V1_2 -> SecurityPolicy.TLS13_1_2_PQ_2025_09;
      case V1_3 -> SecurityPolicy.TLS13_1_3_2025_09;
    };
  }

  /** Sets the policy of the API itself, for which the CDK's construct has no property. */
  private void secure(SecurityPolicy tls) {
    CfnRestApi resource =
        (CfnRestApi) Objects.requireNonNull(api.getNode().getDefaultChild(), "the API's resource");
    resource.setSecurityPolicy("SecurityPolicy_" + tls.name());
    resource.setEndpointAccessMode(EndpointAccessMode.STRICT.name());
  }

  private DomainNameOptions named(DeploymentSettings.Domain domain, SecurityPolicy tls) {
    return DomainNameOptions.builder()
        .domainName(domain.name())
        .certificate(Certificate.fromCertificateArn(this, "Certificate", domain.certificate()))
        .endpointType(EndpointType.REGIONAL)
        .securityPolicy(tls)
        .endpointAccessMode(EndpointAccessMode.STRICT)
        .build();
  }

  private void suppressFindings() {
    NagSuppressions.addResourceSuppressions(
        api,
        List.of(
            because("APIG2", "Every 400 comes from a handler, in the form that clients expect."),
            because("IAM4", "The account's logging role is what AWS made this policy for.")),
        true);
    NagSuppressions.addResourceSuppressions(
        stage(),
        List.of(
            because("APIG3", "AWS WAF is a setting, on by default where requests are unsigned."),
            because("APIG6", "Execution logs may show parts of requests; access logs are kept.")));
  }

  private static NagPackSuppression because(String rule, String reason) {
    return NagPackSuppression.builder().id("AwsSolutions-" + rule).reason(reason).build();
  }
}
