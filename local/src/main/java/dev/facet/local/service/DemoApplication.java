package dev.facet.local.service;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.applications.ApplicationRegistry;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.KeyAdministration.Order;
import dev.facet.core.keys.KeyId;
import dev.facet.core.revision.Conflicts;
import dev.facet.local.administration.LocalAdministration;
import dev.facet.local.apigateway.Deployment;
import dev.facet.local.data.PrivateFile;
import dev.facet.local.sigv4.SigningCredentials;

/** The demo application, created at the first start so that the service can be tried at once. */
final class DemoApplication {

  private final PrivateFile<Credentials> file;
  private final LocalAdministration local;

  /**
   * @param file stores its credentials
   * @param local creates its key and its user
   */
  DemoApplication(PrivateFile<Credentials> file, LocalAdministration local) {
    this.file = file;
    this.local = local;
  }

  /** Returns its credentials for the current endpoint, and creates them at the first start. */
  Credentials at(String endpoint, Deployment deployment) {
    Credentials credentials =
        file.read()
            .map(known -> known.at(endpoint, deployment.region()))
            .orElseGet(() -> create(endpoint, deployment));
    file.write(credentials);
    return credentials;
  }

  /** Sets whether its originals are stored. */
  void keepImages(Credentials credentials, boolean keep) {
    local
        .keys()
        .find(KeyId.of(new ApiKey(credentials.apiKey())))
        .ifPresent(record -> keepImages(record.application(), keep));
  }

  private void keepImages(ApplicationId id, boolean keep) {
    ApplicationRegistry applications = local.applications();
    var _ =
        Conflicts.retrying(
            () ->
                applications
                    .read(id)
                    .filter(application -> application.value().keepImages() != keep)
                    .map(
                        application ->
                            applications.put(
                                application, application.value().keepingImages(keep))));
  }

  private Credentials create(String endpoint, Deployment deployment) {
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
