package dev.facet.local.apigateway;

import dev.facet.spec.ApiSpecification;
import dev.facet.spec.ApiSpecification.Format;

/** The copies of the specification that the gateway serves to clients, made once. */
final class PublishedSpecification {

  private final byte[] json;
  private final byte[] yaml;

  PublishedSpecification(ApiSpecification specification) {
    this.json = specification.publicDocument(Format.JSON);
    this.yaml = specification.publicDocument(Format.YAML);
  }

  /** Returns the response with the specification in a format. */
  GatewayResponse in(Format format) {
    byte[] body =
        switch (format) {
          case JSON -> json;
          case YAML -> yaml;
        };
    return GatewayResponse.of(200, format.contentType(), body);
  }
}
