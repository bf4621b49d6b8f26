package dev.facet.face.lambda;

import dev.facet.aws.AwsClients;
import dev.facet.aws.DynamoErasureStore;
import dev.facet.aws.DynamoGalleryStore;
import dev.facet.aws.S3ImageStore;
import dev.facet.aws.Tables;
import dev.facet.aws.telemetry.Telemetry;
import dev.facet.core.bundle.Bundle;
import dev.facet.core.embeddings.MatchingRules;
import dev.facet.core.faces.EmbeddingIdentities;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faces.LocalFaceService;
import dev.facet.core.gallery.Galleries;
import dev.facet.core.gallery.GalleryLimits;
import dev.facet.core.images.ImageKeeper;
import dev.facet.core.subjects.SubjectIds;
import dev.facet.vision.TorchFaceExtractor;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Builds the face service from the function's environment. {@code FACET_BUNDLE} is the models'
 * folder; {@code FACET_DATA_TABLE}, {@code FACET_KEYS_TABLE} and {@code FACET_IMAGES_BUCKET} name
 * the stores. {@code FACET_MAX_TEMPLATES} (default 40,000) is the maximum number of templates in a
 * gallery, {@code FACET_ID_PREFIX} the prefix of subjects' ids, {@code FACET_MATCHING} holds {@code
 * /node}'s thresholds ({@link MatchingRules#parse}), and {@code FACET_SERVICE} distinguishes
 * deployments in metrics.
 */
final class FaceWiring {

  /** Share of the maximum heap for galleries; the networks use native memory beside the heap. */
  private static final double CACHE_SHARE = 0.4;

  private final Map<String, String> environment;
  private final Clock clock = Clock.systemUTC();
  private final SecureRandom random = new SecureRandom();

  private FaceWiring(Map<String, String> environment) {
    this.environment = environment;
  }

  static FaceWiring fromEnvironment() {
    return new FaceWiring(System.getenv());
  }

  /** Returns the service, with its networks loaded and its search compiled. */
  FaceService service() {
    Tables tables = new Tables(setting("FACET_DATA_TABLE"), setting("FACET_KEYS_TABLE"));
    DynamoDbClient dynamo = AwsClients.dynamoDb().build();
    Galleries galleries =
        new Galleries(new DynamoGalleryStore(dynamo, tables, clock), limits(), clock, random);
    galleries.warmUp();
    Bundle bundle = Bundle.open(Path.of(setting("FACET_BUNDLE")));
    // Lambda sends one request at a time, but a second core can work in parallel on it
    TorchFaceExtractor extractor =
        new TorchFaceExtractor(bundle, TorchFaceExtractor.Settings.defaults());
    ImageKeeper images =
        new ImageKeeper(
            new S3ImageStore(AwsClients.s3().build(), setting("FACET_IMAGES_BUCKET")),
            new DynamoErasureStore(dynamo, tables),
            clock,
            random);
    FaceService service =
        new LocalFaceService(
            extractor,
            bundle.manifest().calibration().scoreMap(),
            galleries,
            images,
            new SubjectIds(
                environment.getOrDefault("FACET_ID_PREFIX", SubjectIds.NEC_PREFIX), random),
            new EmbeddingIdentities(galleries, matching(), clock, random),
            clock);
    return new ObservedFaceService(
        service,
        galleries,
        extractor.bundleId(),
        clock,
        System.out::println,
        Telemetry.of(environment, System.out::println));
  }

  private GalleryLimits limits() {
    long most = Long.parseLong(environment.getOrDefault("FACET_MAX_TEMPLATES", "40000"));
    return new GalleryLimits(most, (long) (CACHE_SHARE * Runtime.getRuntime().maxMemory()));
  }

  private MatchingRules matching() {
    String setting = environment.get("FACET_MATCHING");
    return setting == null ? MatchingRules.DEFAULT : MatchingRules.parse(setting);
  }

  private String setting(String name) {
    String value = environment.get(name);
    if (value == null) {
      throw new IllegalStateException("the function's environment lacks " + name);
    }
    return value;
  }
}
