package dev.facet.local.administration;

import dev.facet.aws.DynamoAdmission;
import dev.facet.aws.DynamoApplicationStore;
import dev.facet.aws.DynamoDeletionLedger;
import dev.facet.aws.DynamoErasureStore;
import dev.facet.aws.DynamoKeyStore;
import dev.facet.aws.DynamoRestoredStore;
import dev.facet.aws.S3ImageStore;
import dev.facet.aws.StoredContents;
import dev.facet.aws.Tables;
import dev.facet.aws.faces.FaceServices;
import dev.facet.core.applications.ApplicationRegistry;
import dev.facet.core.erasure.ApplicationErasure;
import dev.facet.core.faces.GalleryAudit;
import dev.facet.core.faces.ImageBundles;
import dev.facet.core.gallery.GalleryLimits;
import dev.facet.core.keys.KeyAdministration;
import dev.facet.core.keys.KeyLifecycle;
import dev.facet.core.keys.KeyRegistry;
import dev.facet.core.plans.UsagePlan;
import dev.facet.core.restore.Restore;
import dev.facet.local.apigateway.Deployment;
import dev.facet.local.apigateway.keys.LocalGatewayKeys;
import dev.facet.local.data.DataFolder;
import dev.facet.local.dynamodb.DatabaseCompaction;
import dev.facet.local.iam.Principals;
import dev.facet.local.iam.Users;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The access rights of a local service, as its data folder stores them. The service itself uses
 * them, and a command while no service runs.
 *
 * @param keys the records of API keys
 * @param applications the applications of the keys
 * @param gatewayKeys the gateway's keys and plans
 * @param principals the principals that may sign requests
 * @param users creates and deletes principals
 * @param administration changes all of these
 */
public record LocalAdministration(
    KeyRegistry keys,
    ApplicationRegistry applications,
    LocalGatewayKeys gatewayKeys,
    Principals principals,
    Users users,
    KeyAdministration administration) {

  /** The bucket of the photos of every local service. */
  public static final String IMAGES_BUCKET = "facet-images";

  /** The tables of every local service. */
  public static final Tables TABLES = Tables.DEFAULT;

  /**
   * Returns the erasure of the folder's applications, after which its database is rewritten.
   *
   * @param wait the time after which no process writes for a marked application
   */
  public ApplicationErasure erasure(
      DynamoDbClient dynamo,
      S3Client s3,
      DatabaseCompaction compaction,
      Duration wait,
      InstantSource clock) {
    return new ApplicationErasure(
        administration.keys(),
        new LocalContents(new StoredContents(dynamo, TABLES, s3, IMAGES_BUCKET, clock), compaction),
        new DynamoDeletionLedger(dynamo, TABLES),
        wait,
        clock,
        Thread::sleep);
  }

  /** Returns the restore of the folder's database, for a folder that no service uses. */
  public Restore restore(
      DynamoDbClient dynamo,
      S3Client s3,
      ApplicationErasure erasure,
      InstantSource clock,
      SecureRandom random) {
    return new Restore(
        new Restore.Stores(
            new DynamoAdmission(dynamo, TABLES),
            new DynamoRestoredStore(dynamo, TABLES, s3, IMAGES_BUCKET, clock),
            applications,
            new S3ImageStore(s3, IMAGES_BUCKET, clock),
            new DynamoErasureStore(dynamo, TABLES, clock)),
        new DynamoDeletionLedger(dynamo, TABLES),
        erasure,
        Duration.ZERO,
        clock,
        Thread::sleep,
        random);
  }

  /**
   * Returns the administration of a folder's galleries.
   *
   * @param photos the store of photos, started when one is needed
   * @param bundles the model bundles, opened when one is needed
   */
  public static GalleryAudit galleries(
      DynamoDbClient dynamo,
      Supplier<S3Client> photos,
      Supplier<ImageBundles> bundles,
      InstantSource clock,
      SecureRandom random) {
    FaceServices services = new FaceServices(dynamo, TABLES, clock, random);
    return new GalleryAudit(
        services.galleries(GalleryLimits.unlimited(0)),
        (key, deadline) -> new S3ImageStore(photos.get(), IMAGES_BUCKET, clock).find(key, deadline),
        bundles,
        clock,
        random);
  }

  /**
   * Opens the access rights in a data folder.
   *
   * @param dynamo its database
   * @param standard the plan of keys that name none
   */
  public static LocalAdministration of(
      DataFolder data,
      DynamoDbClient dynamo,
      UsagePlan standard,
      Clock clock,
      SecureRandom random) {
    KeyRegistry keys = new DynamoKeyStore(dynamo, TABLES);
    ApplicationRegistry applications = new DynamoApplicationStore(dynamo, TABLES);
    LocalGatewayKeys gatewayKeys =
        new LocalGatewayKeys(data.file("gateway-keys.json"), standard, random);
    Principals principals = new Principals(data.file("principals.json"));
    Users users = new Users(principals, Deployment.LOCAL_ACCOUNT, random);
    KeyAdministration administration =
        new KeyAdministration(
            new KeyLifecycle(keys, applications, gatewayKeys, clock, random),
            gatewayKeys,
            users,
            new KeyAdministration.Defaults(Deployment.LOCAL_API, standard.id()));
    return new LocalAdministration(
        keys, applications, gatewayKeys, principals, users, administration);
  }
}
