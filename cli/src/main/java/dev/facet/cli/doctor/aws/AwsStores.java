package dev.facet.cli.doctor.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.facet.aws.StoredGalleries;
import dev.facet.aws.StoredGalleries.StoredGallery;
import dev.facet.cli.doctor.NotReadable;
import dev.facet.cli.doctor.stack.StorePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** {@link StorePort} on DynamoDB, S3, KMS, SQS and CloudWatch Logs. */
public final class AwsStores implements StorePort {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** DynamoDB's period where none is set. */
  private static final int MAX_RECOVERY_DAYS = 35;

  private static final int NOT_FOUND = 404;

  private final DynamoDbClient dynamo;
  private final S3Client s3;
  private final KmsClient kms;
  private final SqsClient sqs;
  private final SignedCalls calls;

  /** Creates access to the stores of a Region. */
  public AwsStores(
      DynamoDbClient dynamo, S3Client s3, KmsClient kms, SqsClient sqs, SignedCalls calls) {
    this.dynamo = dynamo;
    this.s3 = s3;
    this.kms = kms;
    this.sqs = sqs;
    this.calls = calls;
  }

  @Override
  public TableRecovery recovery(String table) {
    return Reading.of(
        "table " + table,
        () ->
            new TableRecovery(
                days(
                    dynamo
                        .describeContinuousBackups(describe -> describe.tableName(table))
                        .continuousBackupsDescription()
                        .pointInTimeRecoveryDescription()),
                Boolean.TRUE.equals(
                    dynamo
                        .describeTable(describe -> describe.tableName(table))
                        .table()
                        .deletionProtectionEnabled())));
  }

  private static OptionalInt days(PointInTimeRecoveryDescription recovery) {
    if (recovery.pointInTimeRecoveryStatus() != PointInTimeRecoveryStatus.ENABLED) {
      return OptionalInt.empty();
    }
    Integer days = recovery.recoveryPeriodInDays();
    return OptionalInt.of(days == null ? MAX_RECOVERY_DAYS : days);
  }

  @Override
  public BucketRetention retention(String bucket) {
    return Reading.of(
        "bucket " + bucket,
        () ->
            new BucketRetention(
                s3.getBucketVersioning(get -> get.bucket(bucket)).status()
                    == BucketVersioningStatus.ENABLED,
                expiration(bucket)));
  }

  private OptionalInt expiration(String bucket) {
    try {
      return s3.getBucketLifecycleConfiguration(get -> get.bucket(bucket)).rules().stream()
          .filter(rule -> rule.status() == ExpirationStatus.ENABLED && rule.expiration() != null)
          .filter(rule -> rule.expiration().days() != null)
          .mapToInt(rule -> rule.expiration().days())
          .min();
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND
          && e.awsErrorDetails().errorCode().equals("NoSuchLifecycleConfiguration")) {
        return OptionalInt.empty();
      }
      throw e;
    }
  }

  @Override
  public Optional<Boolean> rotation(String key) {
    return Reading.of(
        "key " + key,
        () ->
            kms.describeKey(describe -> describe.keyId(key)).keyMetadata().keySpec()
                    == KeySpec.SYMMETRIC_DEFAULT
                ? Optional.of(
                    Boolean.TRUE.equals(
                        kms.getKeyRotationStatus(get -> get.keyId(key)).keyRotationEnabled()))
                : Optional.empty());
  }

  @Override
  public List<String> unlimitedLogs(List<String> logGroups) {
    return logGroups.stream().filter(this::isUnlimited).toList();
  }

  private boolean isUnlimited(String group) {
    String request = JSON.createObjectNode().put("logGroupNamePrefix", group).toString();
    try {
      for (JsonNode found :
          JSON.readTree(calls.json("logs", "Logs_20140328.DescribeLogGroups", request))
              .path("logGroups")) {
        if (found.path("logGroupName").asText().equals(group)) {
          return !found.hasNonNull("retentionInDays");
        }
      }
    } catch (JsonProcessingException e) {
      throw new NotReadable("a response of logs is not JSON", e);
    }
    throw new NotReadable("there is no log group " + group);
  }

  @Override
  public SortedMap<String, List<String>> galleriesWithoutBundle(
      String dataTable, Set<String> onBoard) {
    SortedMap<String, List<String>> missing = new TreeMap<>();
    Reading.of(
            "table " + dataTable,
            () -> new StoredGalleries(dynamo, dataTable).withoutBundle(onBoard))
        .forEach((bundle, galleries) -> missing.put(bundle, texts(galleries)));
    return missing;
  }

  private static List<String> texts(List<StoredGallery> galleries) {
    List<String> texts = new ArrayList<>();
    for (StoredGallery gallery : galleries) {
      texts.add(
          "application %s (%d faces)".formatted(gallery.id().application(), gallery.templates()));
    }
    return texts;
  }

  @Override
  public Map<String, String> queue(String url) {
    return Reading.of(
        "queue " + url,
        () ->
            sqs.getQueueAttributes(get -> get.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributesAsStrings());
  }
}
