package dev.facet.core.erasure;

import static dev.facet.core.fakes.FakeFaces.photo;

import dev.facet.core.applications.Application;
import dev.facet.core.bundle.ScoreMap;
import dev.facet.core.embeddings.MatchingRules;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.faces.CallContext;
import dev.facet.core.faces.EmbeddingIdentities;
import dev.facet.core.faces.FaceCommand.EnrolFeatures;
import dev.facet.core.faces.FaceCommand.Register;
import dev.facet.core.faces.FaceCommand.Update;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faces.ImageBundle;
import dev.facet.core.faces.ImageBundles;
import dev.facet.core.faces.LocalFaceService;
import dev.facet.core.faces.wire.JsonResultCodec;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.faults.CallerFault.EnrolmentFailed;
import dev.facet.core.gallery.Galleries;
import dev.facet.core.gallery.GalleryLimits;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.images.ErasureStore;
import dev.facet.core.images.ImageKeeper;
import dev.facet.core.images.ImageStore;
import dev.facet.core.jobs.JobId;
import dev.facet.core.jobs.JobState;
import dev.facet.core.jobs.JobStore;
import dev.facet.core.subjects.SubjectId;
import dev.facet.core.subjects.SubjectIds;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** Stores that hold something of every kind of an application. */
record FilledStores(
    GalleryStore galleries,
    ErasureStore erasures,
    ImageStore images,
    JobStore jobs,
    InstantSource clock) {

  /** Writes subjects, logs, an identifier, photos, operations, a job and notes. */
  void fill(Application application) {
    SecureRandom random = new SecureRandom();
    ImageKeeper keeper = new ImageKeeper(images, erasures, clock, random);
    FaceService faces = faces(keeper, random);
    SubjectId ann = faces.execute(new Register(call(application), photo("ann/1"))).subject();
    faces.execute(new Register(call(application), photo("bob/1")));
    faces.execute(new Update(call(application), ann, photo("ann/2")));
    faces.execute(
        new EnrolFeatures(
            call(application),
            new ModelVersion("FACE3_1"),
            List.of(FakeFaces.template("cid", "1")),
            "cid"));
    // a photo whose commit never came, and its note
    keeper.upload(application.id(), ann, new byte[1], clock.instant().plusSeconds(30));
    settleJob(application);
  }

  /** Records the outcome of a job. */
  void settleJob(Application application) {
    jobs.settle(job(application), new JobState.Refused(new EnrolmentFailed()));
  }

  private FaceService faces(ImageKeeper keeper, SecureRandom random) {
    Galleries opened = new Galleries(galleries, GalleryLimits.unlimited(64 << 20), clock, random);
    return new LocalFaceService(
        ImageBundles.of(new ImageBundle(new FakeFaces(), ScoreMap.calibratedAt(0.4))),
        opened,
        keeper,
        new SubjectIds(SubjectIds.NEC_PREFIX, random),
        new EmbeddingIdentities(
            opened, MatchingRules.DEFAULT, new JsonResultCodec(), clock, random),
        new JsonResultCodec(),
        clock);
  }

  private CallContext call(Application application) {
    return new CallContext(
        application,
        new OperationId(UUID.randomUUID().toString()),
        "digest",
        clock.instant().plusSeconds(30),
        "test");
  }

  /** The id's bytes: format, form, time, application, random number, MAC. */
  private JobId job(Application application) {
    byte[] bytes =
        ByteBuffer.allocate(50)
            .put((byte) 1)
            .put((byte) 1)
            .putLong(clock.instant().toEpochMilli())
            .putLong(application.id().value().getMostSignificantBits())
            .putLong(application.id().value().getLeastSignificantBits())
            .array();
    return JobId.parse(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }
}
