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
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application's contents on LocalStack; every item and object is looked at. */
final class StoredContentsOnLocalStackTest extends ApplicationContentsContract {

  @RegisterExtension static final LocalStackTables TABLES = new LocalStackTables();
  @RegisterExtension static final LocalStackBucket BUCKET = new LocalStackBucket();

  @Override
  protected ApplicationContents contents() {
    return new StoredContents(
        TABLES.client(), TABLES.names(), BUCKET.client(), BUCKET.name(), clock);
  }

  @Override
  protected GalleryStore galleries() {
    return new DynamoGalleryStore(TABLES.client(), TABLES.names(), clock);
  }

  @Override
  protected ErasureStore erasures() {
    return new DynamoErasureStore(TABLES.client(), TABLES.names(), clock);
  }

  @Override
  protected ImageStore images() {
    return new S3ImageStore(BUCKET.client(), BUCKET.name(), clock);
  }

  @Override
  protected JobStore jobs() {
    return new DynamoJobStore(TABLES.client(), TABLES.names(), clock);
  }

  @Override
  protected void use(UUID key) {
    new DynamoUsage(TABLES.client(), TABLES.names(), clock)
        .spend(key, new Quota(100, Period.DAY), LocalDate.EPOCH);
  }

  @Override
  protected List<String> traces(ApplicationId id) {
    return Stream.concat(
            TABLES
                .client()
                .scanPaginator(scan -> scan.tableName(TABLES.names().data()))
                .items()
                .stream()
                .map(Object::toString),
            BUCKET
                .client()
                .listObjectsV2Paginator(list -> list.bucket(BUCKET.name()))
                .contents()
                .stream()
                .map(Object::toString))
        .filter(text -> text.contains(id.toString()))
        .toList();
  }
}
