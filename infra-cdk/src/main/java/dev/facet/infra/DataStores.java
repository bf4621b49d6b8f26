package dev.facet.infra;

import dev.facet.aws.Tables;
import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import java.util.Objects;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableEncryption;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/**
 * The persistent stores: three tables and the bucket of photos, under one customer managed key. The
 * stores and the key outlive the stack. Settings name existing ones to use instead of new ones.
 */
final class DataStores extends Construct {

  /** The pattern of findings about all photos of a new bucket, or of an existing one. */
  static final String PHOTOS_FINDING =
      "/^Resource::(<.*Images.*>|arn:<AWS::Partition>:s3:::.*)\\/\\*$/";

  private final IKey key;
  private final boolean adopted;
  private final ITable data;
  private final ITable keys;
  private final ITable ledger;
  private final IBucket images;

  DataStores(Construct scope, DeploymentSettings.Storage settings) {
    super(scope, "Stores");
    DeploymentSettings.Adopted existing = settings.adopted();
    adopted = existing.dataTable().isPresent();
    key = existing.storesKey().map(this::adoptedKey).orElseGet(this::createKey);
    data =
        existing
            .dataTable()
            .map(name -> adoptedTable("Data", name))
            .orElseGet(() -> sorted("Data", settings));
    keys =
        existing
            .keysTable()
            .map(name -> adoptedTable("Keys", name))
            .orElseGet(() -> table("Keys", settings).partitionKey(text(Tables.KEY_ID)).build());
    ledger =
        existing
            .ledgerTable()
            .map(name -> adoptedTable("Ledger", name))
            .orElseGet(() -> sorted("Ledger", settings));
    images =
        existing
            .imagesBucket()
            .map(name -> Bucket.fromBucketName(this, "Images", name))
            .orElseGet(() -> createImages(settings));
  }

  private IKey adoptedKey(String arn) {
    return Key.fromKeyArn(this, "Key", arn);
  }

  private IKey createKey() {
    return Key.Builder.create(this, "Key")
        .description("Facet: templates, photos and keys' records")
        .enableKeyRotation(true)
        .removalPolicy(RemovalPolicy.RETAIN)
        .build();
  }

  private ITable adoptedTable(String id, String name) {
    return Table.fromTableName(this, id, name);
  }

  private ITable sorted(String id, DeploymentSettings.Storage settings) {
    return table(id, settings)
        .partitionKey(text(Tables.PARTITION))
        .sortKey(text(Tables.SORT))
        .timeToLiveAttribute(Tables.EXPIRES)
        .build();
  }

  IKey key() {
    return key;
  }

  /** Returns whether the data table exists already, so that it is used only after a restore. */
  boolean adopted() {
    return adopted;
  }

  /** Returns the table of galleries, subjects, operations and applications. */
  ITable data() {
    return data;
  }

  /**
   * Returns the table of API key records, by HMAC of the key; the keys themselves are not stored.
   */
  ITable keys() {
    return keys;
  }

  /** Returns the table of deletions, from which a restore deletes again what a backup held. */
  ITable ledger() {
    return ledger;
  }

  /** Returns the bucket of photos, for applications that keep them. */
  IBucket images() {
    return images;
  }

  private Table.Builder table(String id, DeploymentSettings.Storage settings) {
    return Table.Builder.create(this, id)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .encryption(TableEncryption.CUSTOMER_MANAGED)
        .encryptionKey(key)
        .pointInTimeRecoverySpecification(
            PointInTimeRecoverySpecification.builder()
                .pointInTimeRecoveryEnabled(true)
                .recoveryPeriodInDays(settings.recoveryDays())
                .build())
        .deletionProtection(settings.deletionProtection())
        .removalPolicy(RemovalPolicy.RETAIN);
  }

  private IBucket createImages(DeploymentSettings.Storage settings) {
    Bucket bucket =
        Bucket.Builder.create(this, "Images")
            .enforceSsl(true)
            .minimumTlsVersion(1.2)
            .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
            .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
            // no versions: a deletion erases the photo
            .versioned(false)
            .encryption(BucketEncryption.KMS)
            .encryptionKey(key)
            .bucketKeyEnabled(true)
            .lifecycleRules(
                List.of(
                    LifecycleRule.builder()
                        .expiration(Duration.days(settings.imageDays()))
                        .abortIncompleteMultipartUploadAfter(Duration.days(1))
                        .build()))
            .removalPolicy(RemovalPolicy.RETAIN)
            .build();
    // the bucket outlives the stack: without its policy it could be read without TLS
    Objects.requireNonNull(bucket.getPolicy()).applyRemovalPolicy(RemovalPolicy.RETAIN);
    NagSuppressions.addResourceSuppressions(
        bucket,
        List.of(
            NagPackSuppression.builder()
                .id("AwsSolutions-S1")
                .reason(
                    "Access logs would name subjects in a second bucket that outlives their"
                        + " deletion; CloudTrail's data events tell who read what.")
                .build()));
    return bucket;
  }

  private static Attribute text(String name) {
    return Attribute.builder().name(name).type(AttributeType.STRING).build();
  }
}
