package dev.facet.aws;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.erasure.ApplicationContents;
import dev.facet.core.erasure.ApplicationContentsContract;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.images.ErasureStore;
import dev.facet.core.images.ImageStore;
import dev.facet.core.jobs.JobStore;
import dev.facet.core.plans.UsagePlan.Period;
import dev.facet.core.plans.UsagePlan.Quota;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;

/** An application's contents on DynamoDB Local and S3Proxy; every item and object is looked at. */
final class StoredContentsIT extends ApplicationContentsContract {

  private static final EmbeddedDynamo DYNAMO = new EmbeddedDynamo();
  private static final EmbeddedS3 S3 = new EmbeddedS3();

  @AfterAll
  static void stop() {
    DYNAMO.close();
    S3.close();
  }

  @Override
  protected ApplicationContents contents() {
    return new StoredContents(
        DYNAMO.client(), Tables.DEFAULT, S3.client(), EmbeddedS3.BUCKET, clock);
  }

  @Override
  protected GalleryStore galleries() {
    return new DynamoGalleryStore(DYNAMO.client(), Tables.DEFAULT, clock);
  }

  @Override
  protected ErasureStore erasures() {
    return new DynamoErasureStore(DYNAMO.client(), Tables.DEFAULT, clock);
  }

  @Override
  protected ImageStore images() {
    return new S3ImageStore(S3.client(), EmbeddedS3.BUCKET, clock);
  }

  @Override
  protected JobStore jobs() {
    return new DynamoJobStore(DYNAMO.client(), Tables.DEFAULT, clock);
  }

  @Override
  protected void use(UUID key) {
    new DynamoUsage(DYNAMO.client(), Tables.DEFAULT, clock)
        .spend(key, new Quota(100, Period.DAY), LocalDate.EPOCH);
  }

  @Override
  protected List<String> traces(ApplicationId id) {
    return Stream.concat(
            DYNAMO
                .client()
                .scanPaginator(scan -> scan.tableName(Tables.DEFAULT.data()))
                .items()
                .stream()
                .map(Object::toString),
            S3
                .client()
                .listObjectsV2Paginator(list -> list.bucket(EmbeddedS3.BUCKET))
                .contents()
                .stream()
                .map(Object::toString))
        .filter(text -> text.contains(id.toString()))
        .toList();
  }
}
