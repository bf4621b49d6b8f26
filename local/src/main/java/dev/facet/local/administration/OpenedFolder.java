package dev.facet.local.administration;

import dev.facet.core.erasure.ApplicationErasure;
import dev.facet.core.faces.GalleryAudit;
import dev.facet.core.faces.ImageBundles;
import dev.facet.core.jobs.DeadLetterService;
import dev.facet.core.keys.KeyAdministration;
import dev.facet.core.restore.Restore;
import dev.facet.local.apigateway.keys.DefaultUsagePlan;
import dev.facet.local.data.DataFolder;
import dev.facet.local.dynamodb.DatabaseCompaction;
import dev.facet.local.dynamodb.EmbeddedDynamo;
import dev.facet.local.s3.EmbeddedS3;
import dev.facet.local.sqs.EmbeddedSqs;
import dev.facet.local.sqs.LocalJobs;
import dev.facet.spec.ApiSpecification;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/** A data folder that no service uses, opened for one command. */
final class OpenedFolder implements AutoCloseable {

  /** Irrelevant, because no worker runs beside a command. */
  private static final Duration VISIBILITY_TIMEOUT = Duration.ofMinutes(1);

  private final DataFolder data;
  private final DatabaseCompaction compaction;
  private final EmbeddedDynamo dynamo;
  private final LocalAdministration local;
  private final SecureRandom random;
  private @Nullable EmbeddedSqs sqs;
  private @Nullable EmbeddedS3 s3;

  private OpenedFolder(
      DataFolder data,
      DatabaseCompaction compaction,
      EmbeddedDynamo dynamo,
      LocalAdministration local,
      SecureRandom random) {
    this.data = data;
    this.compaction = compaction;
    this.dynamo = dynamo;
    this.local = local;
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
      DatabaseCompaction compaction = DatabaseCompaction.before(data.folder("dynamodb"));
      EmbeddedDynamo dynamo = EmbeddedDynamo.start(data, LocalAdministration.TABLES);
      SecureRandom random = new SecureRandom();
      LocalAdministration local =
          LocalAdministration.of(
              data,
              dynamo.client(),
              DefaultUsagePlan.of(ApiSpecification.bundled()),
              Clock.systemUTC(),
              random);
      return new OpenedFolder(data, compaction, dynamo, local, random);
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  /** Returns the administration of the folder's content. */
  KeyAdministration administration() {
    return local.administration();
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

  /** Returns the erasure of applications; it need not wait, since no service caches them. */
  ApplicationErasure erasure() {
    return local.erasure(dynamo.client(), photos(), compaction, Duration.ZERO, Clock.systemUTC());
  }

  /**
   * Returns the administration of galleries.
   *
   * @param bundles the model bundles
   */
  GalleryAudit galleries(Supplier<ImageBundles> bundles) {
    return LocalAdministration.galleries(
        dynamo.client(), this::photos, bundles, Clock.systemUTC(), random);
  }

  /** Returns the restore of the folder's database, which is rewritten afterwards. */
  Restore restore() {
    compaction.after(() -> 1);
    return local.restore(dynamo.client(), photos(), erasure(), Clock.systemUTC(), random);
  }

  /** Returns the photos; starts their store, for which other commands need not wait. */
  S3Client photos() {
    EmbeddedS3 started = s3;
    if (started == null) {
      started = EmbeddedS3.start(data, LocalAdministration.IMAGES_BUCKET, random);
      s3 = started;
    }
    return started.client();
  }

  @Override
  public void close() {
    try (data;
        compaction) {
      if (s3 != null) {
        s3.close();
      }
      if (sqs != null) {
        sqs.close();
      }
      dynamo.close();
    }
  }
}
