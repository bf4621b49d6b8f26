package dev.facet.local.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.gallery.Template;
import dev.facet.local.service.ServiceFixture.Caller;
import dev.facet.local.service.ServiceFixture.Caller.Reply;

/** People whom an application enrols and recognises by embeddings, on the plain routes. */
record NodePeople(Credentials credentials) {

  private static final ObjectMapper JSON = new ObjectMapper();

  Reply enrol(String person, int shot) {
    return send("POST", "/node/plainEnroll", body(person, shot).toString());
  }

  /** Whom an embedding shows: everyone within reach. */
  Reply predict(String person, int shot) {
    return send("POST", "/node/plainPredict", body(person, shot).put("K", 10).toString());
  }

  /** How many people an embedding shows. */
  int known(String person) {
    return predict(person, 2).body().path("PI_list").size();
  }

  /** What became of a job. */
  String state(String job) {
    return send("GET", "/node/FACE3_3/enroll/" + job, "").body().path("state").asText();
  }

  private Reply send(String method, String path, String body) {
    return new Caller(ServiceFixture.client(credentials)).send(method, path, body);
  }

  private ObjectNode body(String person, int shot) {
    Template template = FakeFaces.template(person, "" + shot);
    ObjectNode features =
        JSON.createObjectNode()
            .put("type", template.factor())
            .set("embedding_vector", JSON.valueToTree(template.vector()));
    return JSON.createObjectNode()
        .put("api_key", credentials.apiKey())
        .<ObjectNode>set("features", features);
  }
}
