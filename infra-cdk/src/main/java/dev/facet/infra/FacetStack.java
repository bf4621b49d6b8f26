package dev.facet.infra;

import dev.facet.spec.ApiSpecification;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.lambda.Alias;
import software.constructs.Construct;

/** The stack of the whole service. */
final class FacetStack extends Stack {

  private static final int MAX_SNAPSHOTS = 4;

  FacetStack(
      Construct scope,
      String id,
      StackProps properties,
      DeploymentSettings settings,
      DeployedArtefacts artefacts) {
    super(scope, id, properties);
    ApiDocument document = new ApiDocument(ApiSpecification.bundled(), settings);
    DataStores stores = new DataStores(this, settings.storage());
    if (settings.storage().audit()) {
      new AuditTrail(this, stores);
    }
    RetryQueue retries = new RetryQueue(this, stores.key());
    FaceFunction face = new FaceFunction(this, settings, artefacts, stores);
    HandlerFunctions handlers =
        new HandlerFunctions(
            this, settings, artefacts, document.specification().functions(), stores, retries, face);
    List<Alias> idle = new ArrayList<>(List.of(face.live()));
    handlers.requested().values().forEach(handler -> idle.add(handler.live()));
    new KeepAliveSchedule(this, idle);
    RestService api = new RestService(this, settings, document, handlers);
    settings
        .access()
        .productCode()
        .ifPresent(code -> new ProductCode(this, api.plan(), code, settings.storage()));
    if (settings.access().waf() != DeploymentSettings.Waf.NONE) {
      new Firewall(this, settings, api.stage().getStageArn());
    }
    inTurn(handlers.all());
    Alarms alarms = new Alarms(this, settings, api, handlers, face, retries, stores);

    output(
        "Endpoint",
        "The base URL for clients",
        settings
            .access()
            .domain()
            .map(domain -> "https://" + domain.name())
            .orElseGet(() -> api.stage().urlForPath()));
    // commands with --stack find their resources by these outputs
    output("RestApi", "The API, to which keys belong", api.id());
    output("Stage", "The stage that plans are for", api.stage().getStageName());
    output("UsagePlan", "The plan that a new API key joins", api.plan().getUsagePlanId());
    output("DataTable", "Galleries, subjects, applications", stores.data().getTableName());
    output("KeysTable", "API keys' records", stores.keys().getTableName());
    output("LedgerTable", "Deletions, for a restore", stores.ledger().getTableName());
    output("EnrolQueue", "Enrolments to be tried again", retries.queue().getQueueUrl());
    output("AlarmTopic", "The SNS topic of all alarms", alarms.topic().getTopicArn());
    output("DeadLetters", "Those that failed three times", retries.deadLetters().getQueueUrl());
    output("ImagesBucket", "Photos that are kept", stores.images().getBucketName());
    output("Bundles", "The model bundles on board", String.join(",", settings.service().bundles()));
    settings
        .access()
        .domain()
        .ifPresent(
            domain ->
                output(
                    "DomainTarget",
                    "Where " + domain.name() + " has to point, by a CNAME or alias record",
                    api.target()));
  }

  /**
   * Publishes some versions at a time: Lambda limits the snapshots that it makes at once, and a
   * version that it refuses rolls the deployment back.
   */
  private static void inTurn(List<HandlerFunction> handlers) {
    for (int i = MAX_SNAPSHOTS; i < handlers.size(); i++) {
      handlers.get(i).version().getNode().addDependency(handlers.get(i - MAX_SNAPSHOTS).version());
    }
  }

  private void output(String id, String description, String value) {
    CfnOutput.Builder.create(this, id).description(description).value(value).build();
  }
}
