package dev.facet.local.service;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationStore;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.KeyId;
import dev.facet.core.keys.KeyLifecycle;
import dev.facet.core.keys.KeyStore;
import dev.facet.core.keys.NewKey;
import dev.facet.local.data.PrivateFile;
import dev.facet.local.gateway.Deployment;
import dev.facet.local.principals.Principal;
import dev.facet.local.principals.Principals;
import dev.facet.local.sigv4.SigningCredentials;
import java.util.random.RandomGenerator;

/** The application that a new service begins with, so that it can be tried at once. */
final class DemoApplication {

  private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final String ALPHANUMERIC =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private final PrivateFile<Credentials> file;
  private final Principals principals;
  private final KeyLifecycle lifecycle;
  private final KeyStore keys;
  private final ApplicationStore applications;
  private final RandomGenerator random;

  /**
   * @param file where its credentials are kept
   * @param random a cryptographic source
   */
  DemoApplication(
      PrivateFile<Credentials> file,
      Principals principals,
      KeyLifecycle lifecycle,
      KeyStore keys,
      ApplicationStore applications,
      RandomGenerator random) {
    this.file = file;
    this.principals = principals;
    this.lifecycle = lifecycle;
    this.keys = keys;
    this.applications = applications;
    this.random = random;
  }

  /** Its credentials, made if this is the first start, for where the service is now. */
  Credentials at(String endpoint, Deployment deployment, String plan) {
    Credentials credentials =
        file.read()
            .map(known -> known.at(endpoint, deployment.region()))
            .orElseGet(() -> make(endpoint, deployment, plan));
    file.write(credentials);
    return credentials;
  }

  /** Has its originals stored, or no longer. */
  void keepImages(Credentials credentials, boolean keep) {
    keys.find(KeyId.of(new ApiKey(credentials.apiKey())))
        .flatMap(record -> applications.find(record.application()))
        .filter(application -> application.keepImages() != keep)
        .map((Application application) -> application.keepingImages(keep))
        .ifPresent(applications::put);
  }

  private Credentials make(String endpoint, Deployment deployment, String plan) {
    SigningCredentials signing =
        new SigningCredentials("AKIA" + text(CAPITALS, 16), text(ALPHANUMERIC, 40), null);
    principals.put(
        Principal.user(signing, deployment.account(), "demo", "AIDA" + text(CAPITALS, 17)));
    ApiKey key = lifecycle.create(new NewKey(null, null, plan, null, null)).key();
    return new Credentials(
        endpoint,
        deployment.region(),
        signing.accessKeyId(),
        signing.secretAccessKey(),
        key.secret());
  }

  private String text(String alphabet, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
