package dev.facet.local;

import dev.facet.local.service.Credentials;
import java.nio.file.Path;

/**
 * The startup message, with credentials and an example request.
 *
 * @param data the data folder
 * @param photo a photo for the example request
 */
record StartupBanner(Credentials credentials, Path data, Path photo) {

  @Override
  public String toString() {
    return """
    Facet is running at %1$s

      access key  %2$s
      secret      %3$s
      API key     %4$s
      region      %5$s

    The credentials are also in %6$s. Try a request:

      printf '{"faces":"%%s"}' "$(base64 < '%7$s' | tr -d '\\n')" | curl -sS --aws-sigv4 aws:amz:%5$s:execute-api --user '%2$s:%3$s' -H 'x-api-key: %4$s' -H 'content-type: application/json' --data-binary @- %1$s/v1/face/extract

    """
        .formatted(
            credentials.endpoint(),
            credentials.accessKeyId(),
            credentials.secretAccessKey(),
            credentials.apiKey(),
            credentials.region(),
            data.resolve("credentials.json"),
            photo);
  }
}
