package dev.facet.api;

import static dev.facet.api.TestService.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.api.TestService.Answer;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.gallery.Template;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.payload.PayloadCipher;
import dev.facet.core.payload.PayloadCiphers;
import dev.facet.core.payload.PayloadContext;
import dev.facet.core.payload.PayloadContext.Field;
import dev.facet.core.subjects.PersonId;
import java.security.SecureRandom;
import java.util.Map;

/**
 * A client of {@code /node} that speaks one encryption version under one key.
 *
 * @param headers those that it adds
 */
record NodeCaller(TestService service, ApiKey key, String encryption, Map<String, String> headers) {

  private static final PayloadCiphers CIPHERS = new PayloadCiphers(1, new SecureRandom());

  static NodeCaller of(TestService service) {
    return new NodeCaller(service, TestService.KEY, "1", Map.of());
  }

  NodeCaller speaking(String version) {
    return new NodeCaller(service, key, version, headers);
  }

  NodeCaller as(ApiKey other) {
    return new NodeCaller(service, other, encryption, headers);
  }

  NodeCaller with(String header, String value) {
    return new NodeCaller(service, key, encryption, Map.of(header, value));
  }

  /** A body with the key and these properties in turn: name, value, name, value … */
  ObjectNode body(Object... properties) {
    ObjectNode body = Specification.JSON.createObjectNode().put("api_key", key.secret());
    for (int i = 0; i < properties.length; i += 2) {
      body.putPOJO((String) properties[i], properties[i + 1]);
    }
    return body;
  }

  Answer send(String event, ObjectNode body) {
    return send(event, body.toString());
  }

  Answer send(String event, String body) {
    ObjectNode request = event(event, body);
    request.withObject("/headers").put("x-encryption-version", encryption);
    headers.forEach(request.withObject("/headers")::put);
    return service.invoke(request);
  }

  Answer enroll(Template... faces) {
    return send("node-enroll", body("features", sealed(features(faces))));
  }

  Answer plainEnroll(Template... faces) {
    return send("node-plain-enroll", body("features", list(faces)));
  }

  Answer predict(Template... faces) {
    return send("node-predict", body("features", sealed(features(faces))));
  }

  Answer plainPredict(Template... faces) {
    return send("node-plain-predict", body("features", list(faces)));
  }

  Answer delete(String puid) {
    return send("node-delete-user", body("puid", puid));
  }

  /** A payload of features for FACE3_1. */
  String sealed(JsonNode features) {
    return sealed(features.toString());
  }

  String sealed(String text) {
    return cipher().encrypt(text, new PayloadContext(new ModelVersion("FACE3_1"), Field.FEATURES));
  }

  /** An id as an encrypted answer holds it. */
  PersonId opened(JsonNode body, Field field) {
    return new PersonId(
        cipher()
            .decrypt(
                body.path(field.property()).asText(),
                new PayloadContext(new ModelVersion("FACE3_1"), field)));
  }

  PersonId puid(Answer answer) {
    return opened(answer.body(), Field.PUID);
  }

  String sealed(PersonId id, Field field) {
    return cipher().encrypt(id.value(), new PayloadContext(new ModelVersion("FACE3_1"), field));
  }

  private PayloadCipher cipher() {
    return CIPHERS.forRequest(encryption, key);
  }

  static Template face(String person, int shot) {
    return FakeFaces.template(person, "" + shot);
  }

  static ObjectNode features(Template... faces) {
    ObjectNode features = Specification.JSON.createObjectNode();
    features.set("features", list(faces));
    return features;
  }

  static ArrayNode list(Template... faces) {
    ArrayNode list = Specification.JSON.createArrayNode();
    for (Template face : faces) {
      list.add(one(face.factor(), face.vector()));
    }
    return list;
  }

  static ObjectNode one(String type, float... vector) {
    ObjectNode one = Specification.JSON.createObjectNode().put("type", type);
    ArrayNode numbers = one.putArray("embedding_vector");
    for (float number : vector) {
      numbers.add(number);
    }
    return one;
  }
}
