package dev.facet.aws.faces;

import dev.facet.aws.DynamoAdmission;
import dev.facet.aws.DynamoApplicationStore;
import dev.facet.aws.DynamoErasureStore;
import dev.facet.aws.DynamoGalleryStore;
import dev.facet.aws.DynamoLogErasureStore;
import dev.facet.aws.S3ImageStore;
import dev.facet.aws.Tables;
import dev.facet.core.embeddings.MatchingRules;
import dev.facet.core.faces.ApplicationCheck;
import dev.facet.core.faces.EmbeddingIdentities;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faces.ImageBundles;
import dev.facet.core.faces.LocalFaceService;
import dev.facet.core.faces.wire.JsonResultCodec;
import dev.facet.core.gallery.Galleries;
import dev.facet.core.gallery.GalleryLimits;
import dev.facet.core.gallery.LogSweeper;
import dev.facet.core.images.ImageKeeper;
import dev.facet.core.restore.Admission;
import dev.facet.core.restore.RestoreGate;
import dev.facet.core.retry.Retries;
import dev.facet.core.subjects.SubjectIds;
import java.security.SecureRandom;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A factory of the face service and its parts on DynamoDB and S3.
 *
 * @param dynamo has timeouts, such as the client of {@link dev.facet.aws.AwsClients#dynamoDb}
 * @param tables the names of the tables
 * @param clock the time for deadlines, expiry and timestamps
 * @param random the source of ids
 */
public record FaceServices(
    DynamoDbClient dynamo, Tables tables, InstantSource clock, SecureRandom random) {

  /** Returns the galleries of the data table, none of them in memory yet. */
  public Galleries galleries(GalleryLimits limits) {
    return new Galleries(new DynamoGalleryStore(dynamo, tables, clock), limits, clock, random);
  }

  /** Returns the keeper of the photos in a bucket, with its erasure records in the data table. */
  public ImageKeeper images(S3Client s3, String bucket) {
    return new ImageKeeper(
        new S3ImageStore(s3, bucket, clock),
        new DynamoErasureStore(dynamo, tables, clock),
        clock,
        random);
  }

  /** Returns the sweeper of the logs of the data table's galleries. */
  public LogSweeper logSweeper() {
    return new LogSweeper(
        new DynamoGalleryStore(dynamo, tables, clock),
        new DynamoLogErasureStore(dynamo, tables),
        admission()::isAdmitted,
        clock);
  }

  /** Returns the state that decides whether the data table is in use. */
  private Admission admission() {
    return new DynamoAdmission(dynamo, tables);
  }

  /**
   * The rules of a deployment for ids and matches.
   *
   * @param idPrefix the prefix of the ids of new subjects
   * @param matching the thresholds of {@code /node}
   */
  public record Rules(String idPrefix, MatchingRules matching) {}

  /**
   * Returns the service that executes commands in this process, under the stored settings of their
   * applications.
   *
   * @param bundles the model bundles of the deployment
   */
  public FaceService service(
      ImageBundles bundles, Galleries galleries, ImageKeeper images, Rules rules) {
    FaceService service =
        new LocalFaceService(
            bundles,
            galleries,
            images,
            new SubjectIds(rules.idPrefix(), random),
            new EmbeddingIdentities(
                galleries, rules.matching(), new JsonResultCodec(), clock, random),
            new JsonResultCodec(),
            clock);
    return new RestoreGate(
        new ApplicationCheck(
            service, new DynamoApplicationStore(dynamo, tables), clock, Retries.of(clock)),
        admission(),
        clock,
        Retries.of(clock));
  }
}
