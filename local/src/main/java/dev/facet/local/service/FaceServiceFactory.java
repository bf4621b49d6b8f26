package dev.facet.local.service;

import dev.facet.aws.Tables;
import dev.facet.aws.faces.DirectMemory;
import dev.facet.aws.faces.FaceServices;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faces.RetryingFaceService;
import dev.facet.core.faces.wire.FaceEndpoint;
import dev.facet.core.faces.wire.RemoteFaceService;
import dev.facet.core.gallery.Galleries;
import dev.facet.core.gallery.GalleryLimits;
import dev.facet.core.images.ImageKeeper;
import dev.facet.core.subjects.SubjectIds;
import dev.facet.local.administration.LocalAdministration;
import java.security.SecureRandom;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The face service on the embedded stores. */
final class FaceServiceFactory {

  static final String BUCKET = LocalAdministration.IMAGES_BUCKET;

  private final Galleries galleries;
  private final FaceService service;

  FaceServiceFactory(
      Recognition recognition,
      NodeOptions node,
      DynamoDbClient dynamo,
      ImageKeeper images,
      Tables tables,
      InstantSource clock,
      SecureRandom random) {
    FaceServices services = new FaceServices(dynamo, tables, clock, random);
    galleries = services.galleries(GalleryLimits.within(Long.MAX_VALUE, DirectMemory.max()));
    service =
        services.service(
            recognition.bundles(),
            galleries,
            images,
            new FaceServices.Rules(SubjectIds.NEC_PREFIX, node.matching()));
  }

  /** Makes the first searches as fast as later ones; occupies a core for half a second. */
  void prime() {
    galleries.warmUp();
  }

  /**
   * Returns the service for the handlers.
   *
   * @param remote whether commands are serialized on their way to it
   */
  FaceService service(boolean remote, InstantSource clock, SecureRandom random) {
    return new RetryingFaceService(remote ? distant() : service, clock, Thread::sleep, random);
  }

  private FaceService distant() {
    FaceEndpoint endpoint = new FaceEndpoint(service, fault -> {});
    return new RemoteFaceService((command, deadline) -> endpoint.reply(command));
  }
}
