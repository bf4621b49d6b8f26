package dev.facet.local.administration;

import dev.facet.core.jobs.DeadLetterService;
import dev.facet.core.keys.KeyAdministration;
import dev.facet.local.apigateway.keys.DefaultUsagePlan;
import dev.facet.local.data.DataFolder;
import dev.facet.local.dynamodb.EmbeddedDynamo;
import dev.facet.local.sqs.EmbeddedSqs;
import dev.facet.local.sqs.LocalJobs;
import dev.facet.spec.ApiSpecification;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A data folder that no service uses, opened for one command. */
final class OpenedFolder implements AutoCloseable {

  /** Irrelevant, because no worker runs beside a command. */
  private static final Duration VISIBILITY_TIMEOUT = Duration.ofMinutes(1);

  private final DataFolder data;
  private final EmbeddedDynamo dynamo;
  private final KeyAdministration administration;
  private final SecureRandom random;
  private @Nullable EmbeddedSqs sqs;

  private OpenedFolder(
      DataFolder data,
      EmbeddedDynamo dynamo,
      KeyAdministration administration,
      SecureRandom random) {
    this.data = data;
    this.dynamo = dynamo;
    this.administration = administration;
    this.random = random;
  }

  /**
   * Opens a folder, creating it if it does not exist.
   *
   * @throws dev.facet.local.data.DataFolderInUse if a service, or another command, has it open
   */
  static OpenedFolder open(Path root) {
    DataFolder data = DataFolder.open(root);
    try {
      EmbeddedDynamo dynamo = EmbeddedDynamo.start(data, LocalAdministration.TABLES);
      SecureRandom random = new SecureRandom();
      LocalAdministration local =
          LocalAdministration.of(
              data,
              dynamo.client(),
              DefaultUsagePlan.of(ApiSpecification.bundled()),
              Clock.systemUTC(),
              random);
      return new OpenedFolder(data, dynamo, local.administration(), random);
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  /** Returns the administration of the folder's content. */
  KeyAdministration administration() {
    return administration;
  }

  /** Returns the dead letters; starts the queue, for which other commands need not wait. */
  DeadLetterService deadLetters() {
    EmbeddedSqs started = sqs;
    if (started == null) {
      started = EmbeddedSqs.start(data, VISIBILITY_TIMEOUT);
      sqs = started;
    }
    return new LocalJobs(
            data,
            started,
            started.client(),
            dynamo.client(),
            LocalAdministration.TABLES,
            Clock.systemUTC(),
            random)
        .dead();
  }

  @Override
  public void close() {
    try (data) {
      if (sqs != null) {
        sqs.close();
      }
      dynamo.close();
    }
  }
}
