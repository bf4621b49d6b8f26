package dev.facet.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.facet.core.faces.Box;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.faces.Point;
import java.net.http.HttpResponse;

/** Parses the service's responses, in which every attribute is a JSON string. */
final class Responses {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Responses() {}

  /** Returns the response's body; an empty object if the body is not a JSON object. */
  static JsonNode json(HttpResponse<String> response) {
    try {
      JsonNode json = JSON.readTree(response.body());
      return json.isObject() ? json : JSON.createObjectNode();
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }

  /** Returns the exception for a response with an error status. */
  static FacetException failure(HttpResponse<String> response) {
    JsonNode json = json(response);
    String message = json.path("message").asText("HTTP status " + response.statusCode());
    String type = json.path("errorType").asText("");
    return switch (response.statusCode()) {
      case 403 -> new FacetException.Denied(message);
      case 404 -> new FacetException.NotFound(message);
      case 429 -> new FacetException.Throttled(message);
      default ->
          response.statusCode() >= 500
              ? new FacetException.Unavailable(message)
              : new FacetException.Refused(type, message);
    };
  }

  /** Returns the attributes of a face. */
  static FaceAttributes attributes(JsonNode json) {
    return new FaceAttributes(
        box(json.required("faceArea")),
        box(json.required("headArea")),
        point(json.required("rightEyeCenter")),
        point(json.required("leftEyeCenter")),
        number(json, "frontalFaceScore"),
        number(json, "faceRoll"),
        number(json, "facePan"),
        number(json, "faceTilt"),
        number(json, "faceScore"),
        number(json, "faceQualityScore"));
  }

  private static Box box(JsonNode json) {
    return new Box(
        (int) number(json, "left"),
        (int) number(json, "top"),
        (int) number(json, "right"),
        (int) number(json, "bottom"));
  }

  private static Point point(JsonNode json) {
    return new Point(number(json, "x"), number(json, "y"));
  }

  private static double number(JsonNode json, String property) {
    return Double.parseDouble(json.required(property).asText());
  }
}
