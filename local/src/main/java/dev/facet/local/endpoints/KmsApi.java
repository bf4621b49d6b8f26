package dev.facet.local.endpoints;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.jobs.DataKeys;
import dev.facet.core.jobs.JobMac;
import dev.facet.local.data.Json;
import dev.facet.local.http.RawRequest;
import dev.facet.local.http.Response;
import java.io.IOException;

/**
 * The three KMS operations that encrypt and identify queued enrolments, based on the data folder's
 * secret. A process that uses KMS and a process that uses the secret can read each other's
 * messages.
 */
final class KmsApi implements SignedEndpoint.Service {

  private static final String KEY = "KeyId";

  private final DataKeys dataKeys;
  private final JobMac mac;

  KmsApi(DataKeys dataKeys, JobMac mac) {
    this.dataKeys = dataKeys;
    this.mac = mac;
  }

  @Override
  public Response handle(RawRequest request) {
    try {
      JsonNode body = Json.MAPPER.readTree(request.body());
      ObjectNode response = Json.MAPPER.createObjectNode().put(KEY, body.path(KEY).asText());
      String context = body.path("EncryptionContext").path("job").asText();
      switch (AwsJson.operation(request)) {
        case "GenerateDataKey" -> {
          DataKeys.DataKey dataKey = dataKeys.create(context);
          response.put("Plaintext", dataKey.key()).put("CiphertextBlob", dataKey.wrapped());
        }
        case "Decrypt" ->
            response.put(
                "Plaintext", dataKeys.unwrap(body.path("CiphertextBlob").binaryValue(), context));
        case "GenerateMac" ->
            response
                .put("Mac", mac.compute(body.path("Message").binaryValue()))
                .put("MacAlgorithm", "HMAC_SHA_256");
        default -> {
          return SignedEndpoint.error(
              400, "UnknownOperationException", "This operation is not supported.");
        }
      }
      return Response.of(
          200, "application/x-amz-json-1.1", Json.MAPPER.writeValueAsBytes(response));
    } catch (IOException | InternalFault notOurs) {
      return SignedEndpoint.error(
          400,
          "InvalidCiphertextException",
          "The ciphertext was made with another key or context.");
    }
  }
}
