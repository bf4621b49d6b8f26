package dev.facet.local.service;

import dev.facet.aws.Tables;
import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.embeddings.MatchingRules;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.keys.KeyStatus;
import dev.facet.core.keys.NewKey;
import dev.facet.local.administration.LocalAdministration;
import dev.facet.local.apigateway.keys.DefaultUsagePlan;
import dev.facet.local.data.DataFolder;
import dev.facet.local.dynamodb.EmbeddedDynamo;
import dev.facet.local.endpoints.ServiceEndpoints;
import dev.facet.local.lambda.isolated.FunctionSettings;
import dev.facet.local.lambda.isolated.IsolatedLambda;
import dev.facet.local.s3.EmbeddedS3;
import dev.facet.local.sqs.EmbeddedSqs;
import dev.facet.local.sqs.LocalJobs;
import dev.facet.spec.ApiSpecification;
import dev.facet.spec.NodeAuth;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The stores and all functions, each in separate processes, without a gateway: a test bed for
 * events that are made elsewhere, and for functions that are run elsewhere.
 */
public final class FunctionTestBed implements AutoCloseable {

  private static final Tables TABLES = LocalAdministration.TABLES;

  private final Clock clock = Clock.systemUTC();
  private final SecureRandom random = new SecureRandom();
  private final CloseStack closing = new CloseStack();
  private final LocalAdministration local;
  private final IsolatedLambda lambda;
  private final Map<String, FunctionSettings> functions;

  private FunctionTestBed(Path folder, BuiltFunctions artefacts, PrintStream log) {
    ApiSpecification specification = ApiSpecification.bundled();
    DataFolder data = closing.add(DataFolder.open(folder));
    EmbeddedDynamo dynamo = closing.add(EmbeddedDynamo.start(data, TABLES));
    EmbeddedS3 s3 = closing.add(EmbeddedS3.start(data, FaceServiceFactory.BUCKET, random));
    ServiceOptions options = options(folder);
    EmbeddedSqs sqs = closing.add(EmbeddedSqs.start(data, options.node().visibility()));
    this.local =
        LocalAdministration.of(
            data, dynamo.client(), DefaultUsagePlan.of(specification), clock, random);
    LocalJobs jobs = new LocalJobs(data, sqs, sqs.client(), dynamo.client(), TABLES, clock, random);
    this.lambda = closing.add(new IsolatedLambda(clock, UUID::randomUUID, log));
    ServiceEndpoints endpoints =
        closing.add(
            new ServiceEndpoints(dynamo.client(), s3, sqs.client(), jobs.keys(), lambda, clock));
    IsolatedFunctions isolated =
        new IsolatedFunctions(
            new FunctionHosting.Isolated(artefacts, ""), options, TABLES, endpoints.environment());
    List<FunctionSettings> settings = new ArrayList<>(isolated.of(specification, jobs.queues()));
    settings.add(isolated.repairKeys(specification));
    settings.forEach(lambda::deploy);
    this.functions =
        settings.stream().collect(Collectors.toMap(FunctionSettings::name, Function.identity()));
  }

  private static ServiceOptions options(Path folder) {
    return new ServiceOptions(
        folder,
        0,
        null,
        "us-east-1",
        false,
        List.of("*"),
        false,
        new NodeOptions(NodeAuth.KEY, 0, MatchingRules.DEFAULT));
  }

  /**
   * Starts the stores and the functions.
   *
   * @param folder the data folder
   * @param log receives the functions' output lines
   */
  public static FunctionTestBed start(Path folder, BuiltFunctions artefacts, PrintStream log) {
    return new FunctionTestBed(folder, artefacts, log);
  }

  /** Returns the emulator that invokes the functions. */
  public IsolatedLambda lambda() {
    return lambda;
  }

  /**
   * Returns a function's settings.
   *
   * @throws IllegalArgumentException if no function has this name
   */
  public FunctionSettings function(String name) {
    FunctionSettings settings = functions.get(name);
    if (settings == null) {
      throw new IllegalArgumentException("There is no function " + name + ".");
    }
    return settings;
  }

  /** Makes a key valid, for a new application with default settings. */
  public void admit(ApiKey key, ApplicationId id) {
    Application application = Application.withDefaults(id);
    local.applications().put(null, application);
    local
        .keys()
        .put(
            null,
            KeyRecord.of(
                UUID.randomUUID(),
                key,
                application.id(),
                NewKey.PLAIN,
                KeyStatus.ACTIVE,
                clock.instant()));
  }

  @Override
  public void close() {
    closing.close();
  }
}
