package dev.facet.infra;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import java.util.Objects;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.cloudtrail.CfnTrail;
import software.amazon.awscdk.services.cloudtrail.Trail;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/**
 * A CloudTrail trail of every access to photos and items, and of the management of the account in
 * this Region. Its log files have digests, by which a changed or missing file is detected.
 *
 * <p>Events name principals, objects and the keys of items, never their content.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html">Data
 *     events</a>
 */
final class AuditTrail extends Construct {

  private static final Duration RETENTION = Duration.days(365);

  AuditTrail(Construct scope, DataStores stores) {
    super(scope, "Audit");
    Bucket log =
        Bucket.Builder.create(this, "Log")
            .enforceSsl(true)
            .minimumTlsVersion(1.2)
            .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
            .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
            .encryption(BucketEncryption.S3_MANAGED)
            .lifecycleRules(List.of(LifecycleRule.builder().expiration(RETENTION).build()))
            .removalPolicy(RemovalPolicy.RETAIN)
            .build();
    NagSuppressions.addResourceSuppressions(
        log,
        List.of(
            NagPackSuppression.builder()
                .id("AwsSolutions-S1")
                .reason("The trail records the bucket's management; its files have digests.")
                .build()));
    Trail trail =
        Trail.Builder.create(this, "Trail")
            .bucket(log)
            .enableFileValidation(true)
            .includeGlobalServiceEvents(true)
            .isMultiRegionTrail(false)
            .build();
    CfnTrail resource = (CfnTrail) Objects.requireNonNull(trail.getNode().getDefaultChild());
    resource.addPropertyDeletionOverride("EventSelectors");
    resource.setAdvancedEventSelectors(
        List.of(
            selector("Management", equal("eventCategory", "Management")),
            selector(
                "Photos",
                equal("eventCategory", "Data"),
                equal("resources.type", "AWS::S3::Object"),
                CfnTrail.AdvancedFieldSelectorProperty.builder()
                    .field("resources.ARN")
                    .startsWith(List.of(stores.images().arnForObjects("")))
                    .build()),
            selector(
                "Items",
                equal("eventCategory", "Data"),
                equal("resources.type", "AWS::DynamoDB::Table"),
                equal(
                    "resources.ARN",
                    stores.data().getTableArn(),
                    stores.keys().getTableArn(),
                    stores.ledger().getTableArn()))));
  }

  private static CfnTrail.AdvancedEventSelectorProperty selector(
      String name, CfnTrail.AdvancedFieldSelectorProperty... fields) {
    return CfnTrail.AdvancedEventSelectorProperty.builder()
        .name(name)
        .fieldSelectors(List.of(fields))
        .build();
  }

  private static CfnTrail.AdvancedFieldSelectorProperty equal(String field, String... values) {
    return CfnTrail.AdvancedFieldSelectorProperty.builder()
        .field(field)
        .equalTo(List.of(values))
        .build();
  }
}
