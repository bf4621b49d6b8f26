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
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableEncryption;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/**
 * The persistent stores: three tables and the bucket of photos, under one customer managed key. The
 * stores and the key outlive the stack.
 */
final class DataStores extends Construct {

  private final Key key;
  private final Table data;
  private final Table keys;
  private final Table ledger;
  private final Bucket images;

  DataStores(Construct scope, DeploymentSettings.Storage settings) {
    super(scope, "Stores");
    key =
        Key.Builder.create(this, "Key")
            .description("Facet: templates, photos and keys' records")
            .enableKeyRotation(true)
            .removalPolicy(RemovalPolicy.RETAIN)
            .build();
    data =
        table("Data", settings)
            .partitionKey(text(Tables.PARTITION))
            .sortKey(text(Tables.SORT))
            .timeToLiveAttribute(Tables.EXPIRES)
            .build();
    keys = table("Keys", settings).partitionKey(text(Tables.KEY_ID)).build();
    ledger =
        table("Ledger", settings)
            .partitionKey(text(Tables.PARTITION))
            .sortKey(text(Tables.SORT))
            .timeToLiveAttribute(Tables.EXPIRES)
            .build();
    images = images(settings);
  }

  Key key() {
    return key;
  }

  /** Returns the table of galleries, subjects, operations and applications. */
  Table data() {
    return data;
  }

  /**
   * Returns the table of API key records, by HMAC of the key; the keys themselves are not stored.
   */
  Table keys() {
    return keys;
  }

  /** Returns the table of deletions, from which a restore deletes again what a backup held. */
  Table ledger() {
    return ledger;
  }

  /** Returns the bucket of photos, for applications that keep them. */
  Bucket images() {
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

  private Bucket images(DeploymentSettings.Storage settings) {
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
