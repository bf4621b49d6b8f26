package dev.facet.face.lambda;

import dev.facet.aws.AwsClients;
import dev.facet.aws.FunctionEnvironment;
import dev.facet.aws.faces.DirectMemory;
import dev.facet.aws.faces.FaceServices;
import dev.facet.aws.telemetry.Telemetry;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faces.ImageBundle;
import dev.facet.core.faces.ImageBundles;
import dev.facet.core.gallery.Galleries;
import dev.facet.core.gallery.GalleryLimits;
import dev.facet.vision.TorchBundles;
import dev.facet.vision.TorchFaceExtractor;
import java.security.SecureRandom;
import java.time.Clock;

/** Builds the face service from the function's environment ({@link FunctionEnvironment}). */
final class FaceWiring {

  private final FunctionEnvironment environment;
  private final Clock clock = Clock.systemUTC();
  private final SecureRandom random = new SecureRandom();

  private FaceWiring(FunctionEnvironment environment) {
    this.environment = environment;
  }

  static FaceWiring fromEnvironment() {
    return new FaceWiring(FunctionEnvironment.ofProcess());
  }

  /** Returns the service, with the default bundle loaded and its search compiled. */
  FaceService service() {
    FaceServices services =
        new FaceServices(AwsClients.dynamoDb().build(), environment.tables(), clock, random);
    Galleries galleries = services.galleries(limits());
    galleries.warmUp();
    // Lambda sends one request at a time, but a second core can work in parallel on it
    ImageBundles bundles =
        new TorchBundles(environment.bundles(), TorchFaceExtractor.Settings.defaults());
    ImageBundle _ = bundles.get(bundles.defaultId());
    FaceService service =
        services.service(
            bundles,
            galleries,
            services.images(AwsClients.s3().build(), environment.imagesBucket()),
            new FaceServices.Rules(environment.idPrefix(), environment.matching()));
    return new ObservedFaceService(
        service,
        galleries,
        bundles.ids(),
        clock,
        System.out::println,
        Telemetry.of(environment, System.out::println));
  }

  private GalleryLimits limits() {
    return GalleryLimits.within(environment.maxTemplates(), DirectMemory.max());
  }
}
