package dev.facet.local.service;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationStore;
import dev.facet.core.keys.Administration.Order;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.KeyId;
import dev.facet.local.administration.LocalAdministration;
import dev.facet.local.data.PrivateFile;
import dev.facet.local.apigateway.Deployment;
import dev.facet.local.sigv4.SigningCredentials;

/** The application that a new service begins with, so that it can be tried at once. */
final class DemoApplication {

  private final PrivateFile<Credentials> file;
  private final LocalAdministration local;

  /**
   * @param file where its credentials are kept
   * @param local where its key and its user are made
   */
  DemoApplication(PrivateFile<Credentials> file, LocalAdministration local) {
    this.file = file;
    this.local = local;
  }

  /** Its credentials, made if this is the first start, for where the service is now. */
  Credentials at(String endpoint, Deployment deployment) {
    Credentials credentials =
        file.read()
            .map(known -> known.at(endpoint, deployment.region()))
            .orElseGet(() -> make(endpoint, deployment));
    file.write(credentials);
    return credentials;
  }

  /** Has its originals stored, or no longer. */
  void keepImages(Credentials credentials, boolean keep) {
    ApplicationStore applications = local.applications();
    local
        .keys()
        .find(KeyId.of(new ApiKey(credentials.apiKey())))
        .flatMap(record -> applications.find(record.application()))
        .filter(application -> application.keepImages() != keep)
        .map((Application application) -> application.keepingImages(keep))
        .ifPresent(applications::put);
  }

  private Credentials make(String endpoint, Deployment deployment) {
    SigningCredentials signing = local.users().create("demo").credentials();
    ApiKey key = local.administration().create(new Order(null, null, null, null)).key();
    return new Credentials(
        endpoint,
        deployment.region(),
        signing.accessKeyId(),
        signing.secretAccessKey(),
        key.secret());
  }
}
