package dev.facet.api;

import static dev.facet.api.NodeCaller.face;
import static dev.facet.api.NodeCaller.features;
import static dev.facet.api.NodeCaller.list;
import static dev.facet.api.NodeCaller.one;
import static dev.facet.api.TestService.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.api.TestService.Answer;
import dev.facet.api.http.NodePorts;
import dev.facet.core.applications.Application;
import dev.facet.core.applications.Application.EnrolAnswer;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.faces.CallContext;
import dev.facet.core.faces.EnrolmentQueue;
import dev.facet.core.faces.FaceAnswer.Enrolled;
import dev.facet.core.faces.FaceAnswer.Person;
import dev.facet.core.faces.FaceCommand.EnrolFeatures;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.gallery.Template;
import dev.facet.core.jobs.Jobs;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.KeyStatus;
import dev.facet.core.keys.RateLimiter;
import dev.facet.core.payload.PayloadCiphers;
import dev.facet.core.payload.PayloadContext.Field;
import dev.facet.core.plans.UsageVerdict;
import dev.facet.core.subjects.PersonId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /node}, answer by answer. */
class NodeTest {

  private static final ApiKey UNKNOWN = new ApiKey("FacetEventKey000000000000002");
  private static final List<String> EVENTS =
      List.of(
          "node-enroll",
          "node-enroll-default",
          "node-plain-enroll",
          "node-predict",
          "node-predict-default",
          "node-plain-predict",
          "node-delete-user",
          "node-delete-user-default");
  private static final String NOBODY =
      "\"message\":\"User not enrolled\"%s,\"puid\":\"-1\",\"guid\":\"-1\",\"score\":\"-1\"}";

  private final TestService service = new TestService();
  private final NodeCaller caller = NodeCaller.of(service);

  private static void assertAnswer(Answer answer, int httpStatus, int status, String message) {
    assertThat(answer.text())
        .isEqualTo("{\"status\":%d,\"message\":\"%s\"}".formatted(status, message));
    assertThat(answer.status()).isEqualTo(httpStatus);
  }

  @Test
  void a_valid_key_is_confirmed() {
    assertAnswer(service.invoke(event("node-check-api-key")), 200, 0, "API Key is valid");
    ObjectNode inHeader = event("node-check-api-key", (String) null);
    inHeader.withObject("/headers").put("X-Api-Key", TestService.KEY.secret());
    assertAnswer(service.invoke(inHeader), 200, 0, "API Key is valid");
    inHeader.put("body", "{\"api_key\":\"%s\"}".formatted(TestService.KEY.secret()));
    assertAnswer(service.invoke(inHeader), 200, 0, "API Key is valid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"api_key\":\"\"}", "{\"api_key\":null}"})
  void a_missing_key_is_said_on_every_route(String body) {
    assertAnswer(service.invoke(event("node-check-api-key", body)), 400, -1, "Missing api key");
    for (String event : EVENTS) {
      assertAnswer(service.invoke(event(event, body)), 400, -1, "Missing api key");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"FacetEventKey000000000000002\"", "\"x\"", "7", "{}", "[\"a\"]"})
  void a_bad_key_is_refused_on_every_route(String key) {
    String body = "{\"api_key\":%s}".formatted(key);
    assertAnswer(
        service.invoke(event("node-check-api-key", body)), 403, -1, "Failed to check api key");
    for (String event : EVENTS) {
      assertAnswer(service.invoke(event(event, body)), 403, -1, "Invalid api key");
    }
  }

  @Test
  void a_key_that_is_not_active_is_refused() {
    service.store(UNKNOWN, KeyStatus.DISABLED);
    assertAnswer(
        caller.as(UNKNOWN).send("node-check-api-key", caller.as(UNKNOWN).body()),
        403,
        -1,
        "Failed to check api key");
    assertAnswer(caller.as(UNKNOWN).plainEnroll(face("ann", 1)), 403, -1, "Invalid api key");
  }

  @Test
  void two_keys_that_differ_are_refused_even_if_both_are_active() {
    service.store(UNKNOWN, KeyStatus.ACTIVE);
    for (String event : EVENTS) {
      assertAnswer(
          caller.with("x-api-key", UNKNOWN.secret()).send(event, caller.body()),
          403,
          -1,
          "Invalid api key");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "3"})
  void a_person_is_enrolled_recognised_and_deleted_in_every_encryption(String version) {
    NodeCaller caller = this.caller.speaking(version);
    Answer enrolled = caller.enroll(face("ann", 1));
    assertThat(enrolled.status()).isEqualTo(200);
    JsonNode body = enrolled.body();
    PersonId puid = caller.puid(enrolled);
    assertThat(caller.opened(body, Field.GUID)).isNotEqualTo(puid);
    assertThat(withoutIds(body))
        .isEqualTo("{\"status\":0,\"message\":\"ok\",\"score\":0,\"enroll_level\":1}");

    JsonNode again = caller.enroll(face("ann", 2)).body();
    assertThat(caller.opened(again, Field.PUID)).isEqualTo(puid);
    assertThat(again.path("message").asText()).isEqualTo("ok");
    assertThat(again.path("score").isNumber()).isTrue();
    assertThat(again.path("score").doubleValue()).isBetween(0.3, 0.5);

    JsonNode found = caller.predict(face("ann", 1)).body();
    assertThat(caller.opened(found, Field.PUID)).isEqualTo(puid);
    assertThat(withoutIds(found))
        .isEqualTo("{\"status\":0,\"message\":\"ok\",\"enroll_level\":1,\"score\":0}");
    assertThat(caller.predict(face("eve", 1)).text())
        .isEqualTo("{\"status\":-1," + NOBODY.formatted(""));

    assertAnswer(caller.delete(body.path("puid").asText()), 200, 200, "delete successful");
    assertAnswer(caller.delete(body.path("puid").asText()), 400, 400, "delete failed");
    assertThat(caller.predict(face("ann", 1)).body().path("status").intValue()).isEqualTo(-1);
  }

  private static String withoutIds(JsonNode body) {
    ObjectNode rest = body.deepCopy();
    rest.remove(List.of("puid", "guid"));
    return rest.toString();
  }

  @Test
  void plain_routes_speak_rot13() {
    Answer enrolled = caller.plainEnroll(face("ann", 1));
    JsonNode body = enrolled.body();
    assertThat(enrolled.status()).isEqualTo(200);
    assertThat(withoutIds(body))
        .isEqualTo("{\"status\":0,\"message\":\"Ok\",\"statusCode\":200,\"enroll_level\":1}");
    String shown = body.path("puid").asText();
    assertThat(shown).matches("[A-Za-z0-9]{8}(-[A-Za-z0-9]{4}){3}-[A-Za-z0-9]{12}");

    JsonNode again = caller.plainEnroll(face("ann", 2)).body();
    assertThat(again)
        .isEqualTo(((ObjectNode) body.deepCopy()).put("message", "User Already Enrolled"));

    JsonNode found = caller.plainPredict(face("ann", 1)).body();
    assertThat(found.path("puid").asText()).isEqualTo(shown);
    assertThat(withoutIds(found))
        .isEqualTo(
            "{\"status\":0,\"message\":\"ok\",\"statusCode\":200,\"enroll_level\":1,\"score\":0}");
    assertThat(caller.plainPredict(face("eve", 1)).text())
        .isEqualTo("{\"status\":-1," + NOBODY.formatted(",\"statusCode\":200"));

    ObjectNode deletion = event("node-delete-user", caller.body("puid", shown).toString());
    deletion.withObject("/pathParameters").put("version", "FACE3_3");
    assertAnswer(service.invoke(deletion), 200, 200, "delete successful");
    assertAnswer(service.invoke(deletion), 400, 400, "delete failed");
  }

  @Test
  void a_plain_id_is_the_encrypted_id_turned() {
    PersonId puid = caller.puid(caller.enroll(face("ann", 1)));
    Answer plain =
        caller.send(
            "node-plain-enroll",
            caller.body("version", "FACE3_1", "features", list(face("ann", 1))));
    assertThat(plain.body().path("puid").asText()).isEqualTo(puid.toRot13());
    assertThat(plain.body().path("message").asText()).isEqualTo("User Already Enrolled");
  }

  @Test
  void routes_without_a_version_are_for_face31() {
    String sealed = caller.sealed(features(face("ann", 1)));
    Answer enrolled = caller.send("node-enroll-default", caller.body("features", sealed));
    assertThat(caller.puid(caller.predict(face("ann", 2)))).isEqualTo(caller.puid(enrolled));
    assertThat(caller.puid(caller.send("node-predict-default", caller.body("features", sealed))))
        .isEqualTo(caller.puid(enrolled));
    assertAnswer(
        caller.send(
            "node-delete-user-default", caller.body("puid", enrolled.body().path("puid").asText())),
        200,
        200,
        "delete successful");
  }

  @Test
  void several_people_are_listed() {
    PersonId ann = caller.puid(caller.enroll(face("ann", 1)));
    Answer found =
        caller.send(
            "node-predict",
            caller.body("features", caller.sealed(features(face("ann", 2))), "K", 10));
    JsonNode list = found.body().path("PI_list");
    assertThat(list).hasSize(1);
    assertThat(caller.opened(list.get(0), Field.PUID)).isEqualTo(ann);
    assertThat(list.get(0).path("score").doubleValue()).isBetween(0.3, 0.5);
    assertThat(found.body().path("status").intValue()).isZero();

    Answer plain =
        caller.send(
            "node-plain-predict",
            caller.body("version", "FACE3_1", "features", list(face("ann", 2)), "K", 2.0));
    assertThat(plain.body().at("/PI_list/0/puid").asText()).isEqualTo(ann.toRot13());
    assertThat(plain.body().path("statusCode").intValue()).isEqualTo(200);
    assertThat(
            caller
                .send("node-plain-predict", caller.body("features", list(face("eve", 2)), "K", 2))
                .text())
        .isEqualTo("{\"status\":-1," + NOBODY.formatted(",\"statusCode\":200"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "11", "1.5", "\"3\"", "true", "-1"})
  void k_is_an_integer_from1_to10(String k) throws Exception {
    for (String event : List.of("node-predict", "node-plain-predict")) {
      ObjectNode body = caller.body("features", valid(event));
      body.set("K", Specification.JSON.readTree(k));
      assertAnswer(
          caller.send(event, body), 400, -2, "K property must be an integer from 1 to 10.");
    }
  }

  private Object valid(String event) {
    return event.contains("plain") ? list(face("ann", 1)) : caller.sealed(features(face("ann", 1)));
  }

  @Test
  void a_user_identifier_restricts_the_match_to_its_person() {
    enrolNamed("ann", "ann@example", 200);
    enrolNamed("bob", "bob@example", 200);
    assertThat(verify("ann", "ann@example").body().path("status").intValue()).isZero();
    assertThat(verify("ann", "bob@example").text())
        .isEqualTo("{\"status\":-1," + NOBODY.formatted(""));
    assertAnswer(verify("ann", "eve@example"), 400, 153, "Face Authentication Failed");
    for (String bad : List.of("", "x".repeat(257))) {
      assertAnswer(verify("ann", bad), 400, -2, "user_identifier must have 1..256 characters.");
    }
  }

  private Answer verify(String person, String name) {
    return caller.send(
        "node-predict",
        caller.body("features", caller.sealed(features(face(person, 2))), "user_identifier", name));
  }

  private Answer enrolNamed(String person, String name, int status) {
    ObjectNode body = caller.body("features", caller.sealed(features(face(person, 1))));
    body.putObject("metadata").put("id", name);
    Answer answer = caller.send("node-enroll", body);
    assertThat(answer.status()).isEqualTo(status);
    return answer;
  }

  @Test
  void an_identifier_of_another_face_is_refused() {
    enrolNamed("ann", "ann@example", 200);
    assertAnswer(
        enrolNamed("bob", "ann@example", 400), 400, -2, "user identifier already enrolled");
  }

  @Test
  void metadata_may_be_inside_or_outside_and_has_to_agree() {
    ObjectNode inside = features(face("ann", 1));
    inside.putObject("metadata").put("id", "ann@example");
    ObjectNode body = caller.body("features", caller.sealed(inside));
    assertThat(caller.send("node-enroll", body).status()).isEqualTo(200);
    assertThat(verify("ann", "ann@example").body().path("status").intValue()).isZero();

    body.putObject("metadata").put("id", "ann@example");
    assertThat(caller.send("node-enroll", body).status()).isEqualTo(200);
    body.putObject("metadata").put("id", "other@example");
    for (String event : List.of("node-enroll", "node-predict")) {
      assertAnswer(
          caller.send(event, body),
          400,
          -2,
          "metadata.id must be the same in the body and in features.");
    }
    body.put("metadata", "ann@example");
    assertAnswer(caller.send("node-enroll", body), 400, -2, "metadata must be an object.");
  }

  @Test
  void one_guid_names_a_person_in_all_versions() {
    JsonNode one = enrolNamed("ann", "ann@example", 200).body();
    ObjectNode body = caller.body("features", list(face("ann", 1)));
    body.putObject("metadata").put("id", "ann@example");
    JsonNode three = caller.send("node-plain-enroll", body).body();
    assertThat(PersonId.parseRot13(three.path("guid").asText()))
        .isEqualTo(caller.opened(one, Field.GUID));
    assertThat(PersonId.parseRot13(three.path("puid").asText()))
        .isNotEqualTo(caller.opened(one, Field.PUID));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"features\":null}", "{\"features\":\"\"}"})
  void missing_features_are_said(String body) throws Exception {
    ObjectNode request = (ObjectNode) Specification.JSON.readTree(body);
    request.put("api_key", TestService.KEY.secret());
    for (String event : EVENTS.subList(0, 6)) {
      String what = event.contains("enroll") ? "Enrollment" : "Prediction";
      assertAnswer(caller.send(event, request), 400, -2, what + " Failed Features not provided.");
    }
  }

  @Test
  void features_come_in_three_forms() {
    List<JsonNode> forms =
        List.of(
            features(face("ann", 1)), list(face("ann", 2)), one("face", face("ann", 3).vector()));
    for (JsonNode form : forms) {
      assertThat(caller.send("node-plain-enroll", caller.body("features", form)).status())
          .isEqualTo(200);
      assertThat(caller.send("node-enroll", caller.body("features", caller.sealed(form))).status())
          .isEqualTo(200);
    }
    assertThat(caller.predict(face("ann", 4)).body().path("status").intValue()).isZero();
  }

  @Test
  void what_is_wrong_with_features_is_said() {
    float[] short127 = new float[127];
    float[] long513 = new float[513];
    float[] zero = new float[128];
    Template[] many = new Template[33];
    java.util.Arrays.fill(many, face("ann", 1));
    assertRefused(list(), "features must hold 1..32 embeddings.");
    assertRefused(list(many), "features must hold 1..32 embeddings.");
    String length = "features.embedding_vector must hold 128..512 numbers.";
    assertRefused(one("face", short127), length);
    assertRefused(one("face", long513), length);
    assertRefused(one("face", zero), "features.embedding_vector must be finite and not zero.");
    assertRefused(one("", zero), "features.type must have 1..64 characters.");
    assertRefused(
        Specification.JSON.getNodeFactory().textNode("text"),
        "features must be objects with type and embedding_vector.");
    ObjectNode text = one("face", zero);
    text.withArray("/embedding_vector").set(7, "1");
    assertRefused(text, "features.embedding_vector must be an array of numbers.");
    ObjectNode infinite = one("face", zero);
    infinite.withArray("/embedding_vector").set(7, new java.math.BigDecimal("1e99"));
    assertRefused(infinite, "features.embedding_vector must be finite and not zero.");
  }

  /** Plain and encrypted, for enrolling and predicting. */
  private void assertRefused(JsonNode features, String message) {
    for (String event : List.of("node-plain-enroll", "node-plain-predict")) {
      assertAnswer(caller.send(event, caller.body("features", features)), 400, -2, message);
    }
    for (String event : List.of("node-enroll", "node-predict")) {
      assertAnswer(
          caller.send(event, caller.body("features", caller.sealed(features))), 400, -2, message);
    }
  }

  @Test
  void a_dimension_holds_for_a_version_and_type() {
    caller.plainEnroll(face("ann", 1));
    ObjectNode other = one("face", new float[300]);
    other.withArray("/embedding_vector").set(0, 1);
    String message = "features.embedding_vector must hold 512 numbers for this version and type.";
    for (String event : List.of("node-plain-enroll", "node-plain-predict")) {
      assertAnswer(caller.send(event, caller.body("features", other)), 400, -2, message);
    }
    assertThat(caller.send("node-enroll", caller.body("features", caller.sealed(other))).status())
        .isEqualTo(200);
  }

  @Test
  void embeddings_that_disagree_have_codes_of_their_own() {
    Template[] strangers = {face("ann", 1), face("bob", 1)};
    assertAnswer(caller.enroll(strangers), 400, 152, "Face Enrollment Failed");
    assertAnswer(caller.plainEnroll(strangers), 400, 152, "Face Enrollment Failed");
    assertAnswer(caller.predict(strangers), 400, 153, "Face Authentication Failed");
    assertAnswer(caller.plainPredict(strangers), 400, 153, "Face Authentication Failed");
  }

  @Test
  void what_cannot_be_read_is_said() {
    for (String event : List.of("node-enroll", "node-predict")) {
      assertAnswer(
          caller.send(event, caller.body("features", "no hex")),
          400,
          -2,
          "features must be hexadecimal.");
      assertAnswer(
          caller.send(event, caller.body("features", "00" + "5a".repeat(16))),
          400,
          -2,
          "features could not be decrypted.");
      assertAnswer(
          caller.send(event, caller.body("features", caller.sealed("{\"features\":["))),
          400,
          -2,
          "features must be valid JSON, each name once, at most 32 levels deep.");
      assertAnswer(
          caller.send(event, caller.body("features", list(face("ann", 1)))),
          400,
          -2,
          "features property must be a string.");
      for (String version : List.of("0", "4", "x", "1.0")) {
        assertAnswer(
            caller.with("x-encryption-version", version).send(event, caller.body("features", "00")),
            400,
            -2,
            "Unsupported encryption version");
      }
    }
    assertAnswer(
        caller.send("node-plain-enroll", "{\"api_key\":"),
        400,
        -2,
        "body must be valid JSON, each name once, at most 32 levels deep.");
    assertAnswer(caller.send("node-plain-enroll", "[]"), 400, -2, "body must be a JSON object.");
  }

  @Test
  void a_tampered_payload_of_version3_is_refused() {
    NodeCaller three = caller.speaking("3");
    String sealed = three.sealed(features(face("ann", 1)));
    String tampered = "B" + sealed.substring(1);
    for (String payload :
        List.of(
            sealed.substring(0, 99)
                + (sealed.charAt(99) == 'A' ? "B" : "A")
                + sealed.substring(100),
            three.as(UNKNOWN).sealed(features(face("ann", 1))))) {
      assertAnswer(
          three.send("node-enroll", three.body("features", payload)),
          400,
          -2,
          "features could not be decrypted.");
    }
    assertAnswer(
        three.send("node-enroll", three.body("features", tampered)),
        400,
        -2,
        "features is not a payload of encryption version 3.");
  }

  @Test
  void a_floor_forbids_weaker_encryption_and_leaves_plain_routes_alone() {
    NodePorts strict =
        new NodePorts(
            new PayloadCiphers(3, new SecureRandom()),
            RateLimiter.NONE,
            EnrolmentQueue.NONE,
            Jobs.NONE);
    NodeCaller caller = NodeCaller.of(new TestService(UnaryOperator.identity(), strict));
    for (String weak : List.of("1", "2")) {
      assertAnswer(
          caller.speaking(weak).enroll(face("ann", 1)), 400, -2, "Unsupported encryption version");
    }
    assertThat(caller.speaking("3").enroll(face("ann", 1)).status()).isEqualTo(200);
    assertThat(caller.plainEnroll(face("ann", 1)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"face3_1", "FACE3", "F", "FACE3_1%20", "%00", "..", "FACE3_1x"})
  void a_version_has_a_form(String version) {
    for (String name : List.of("node-enroll", "node-predict", "node-delete-user")) {
      ObjectNode event = event(name);
      event.withObject("/pathParameters").put("version", version);
      assertAnswer(service.invoke(event), 400, -2, "version must match [A-Z]+[0-9]+_[0-9]+.");
    }
    assertThat(
            caller
                .send(
                    "node-plain-enroll",
                    caller.body("version", version, "features", list(face("ann", 1))))
                .status())
        .isEqualTo(400);
  }

  @Test
  void a_puid_that_is_missing_or_unreadable_is_the_vendors500() {
    NodeCaller three = caller.speaking("3");
    PersonId ann = three.puid(three.enroll(face("ann", 1)));
    List<ObjectNode> bodies =
        List.of(
            three.body(),
            three.body("puid", ""),
            three.body("puid", 7),
            three.body("puid", "no payload"),
            three.body("puid", three.sealed(ann, Field.GUID)),
            three.body("puid", three.as(UNKNOWN).sealed(ann, Field.PUID)));
    for (ObjectNode body : bodies) {
      assertAnswer(three.send("node-delete-user", body), 500, -2, "Missing PUID.");
    }
    assertThat(service.log.getLast())
        .contains("\"blame\":\"caller\"", "\"fault\":\"MissingPuid\"", "\"status\":500");
    assertThat(three.predict(face("ann", 1)).body().path("status").intValue()).isZero();
  }

  @Test
  void a_puid_that_is_nobodys_is_not_deleted() {
    PersonId nobody = PersonId.random(new SecureRandom());
    assertAnswer(caller.delete(nobody.toRot13()), 400, 400, "delete failed");
    assertAnswer(caller.delete(caller.sealed(nobody, Field.PUID)), 400, 400, "delete failed");
    assertAnswer(caller.delete(caller.sealed("hello")), 400, 400, "delete failed");
  }

  @Test
  void a_repeated_write_is_answered_as_the_first() {
    NodeCaller repeating = caller.speaking("3").with("idempotency-key", "once");
    PersonId ann = repeating.puid(repeating.enroll(face("ann", 1)));
    String puid = repeating.sealed(ann, Field.PUID);
    assertAnswer(repeating.delete(puid), 200, 200, "delete successful");

    Answer repeated = repeating.enroll(face("ann", 1));
    assertThat(repeating.puid(repeated)).isEqualTo(ann);
    NodeCaller one = caller.with("idempotency-key", "once");
    assertThat(one.puid(one.enroll(face("ann", 1)))).isEqualTo(ann);
    assertAnswer(
        repeating.delete(repeating.sealed(ann, Field.PUID)), 200, 200, "delete successful");
    assertThat(caller.predict(face("ann", 1)).body().path("status").intValue()).isEqualTo(-1);

    Answer plain = one.plainEnroll(face("bob", 1));
    assertThat(one.plainEnroll(face("bob", 1)).text()).isEqualTo(plain.text());
  }

  @Test
  void an_idempotency_key_reused_with_another_request_is_refused() {
    NodeCaller repeating = caller.with("idempotency-key", "once");
    Answer ann = repeating.enroll(face("ann", 1));
    repeating.plainEnroll(face("ann", 1));
    repeating.delete(ann.body().path("puid").asText());

    String reused = "Idempotency-Key reused";
    assertAnswer(repeating.enroll(face("bob", 1)), 409, -2, reused);
    assertAnswer(repeating.plainEnroll(face("bob", 1)), 409, -2, reused);
    assertAnswer(
        repeating.delete(repeating.sealed(PersonId.random(new SecureRandom()), Field.PUID)),
        409,
        -2,
        reused);
    ObjectNode named = repeating.body("features", repeating.sealed(features(face("ann", 1))));
    named.putObject("metadata").put("id", "ann@example");
    assertAnswer(repeating.send("node-enroll", named), 409, -2, reused);
  }

  @Test
  void faults_of_ours_say_whether_to_try_again() {
    FaceService late =
        FaultyFaces.with(new TransientFault(TransientFault.Kind.THROTTLED, "table is throttled"));
    FaceService broken = FaultyFaces.with(new InternalFault("a stored answer is damaged"));
    FaceService defect = FaultyFaces.with(new IllegalStateException("a defect"));
    for (String event : EVENTS) {
      assertAnswer(
          new TestService(it -> late).invoke(event(event)),
          500,
          -1,
          "The work could not be done in time.");
      for (FaceService wrong : List.of(broken, defect)) {
        assertAnswer(
            new TestService(it -> wrong).invoke(event(event)), 500, -1, "Internal server error");
      }
    }
  }

  @Test
  void a_plan_that_is_spent_is_said_on_every_route() {
    List<String> all = new ArrayList<>(EVENTS);
    all.add("node-check-api-key");
    for (String event : all) {
      assertAnswer(
          metered(UsageVerdict.THROTTLED).invoke(event(event)), 429, -1, "Too Many Requests");
      assertAnswer(
          metered(UsageVerdict.QUOTA_SPENT).invoke(event(event)), 429, -1, "Limit Exceeded");
    }
  }

  private static TestService metered(UsageVerdict verdict) {
    return new TestService(
        UnaryOperator.identity(),
        new NodePorts(
            new PayloadCiphers(1, new SecureRandom()),
            key -> verdict,
            EnrolmentQueue.NONE,
            Jobs.NONE));
  }

  @Test
  void a_body_over_the_limit_is_too_long() {
    Answer answer = caller.send("node-plain-enroll", " ".repeat(6_000_001));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.text()).isEqualTo("{\"message\":\"Request Too Long\"}");
  }

  @Test
  void an_enrolment_that_meets_a_passing_fault_is_offered_to_the_queue() {
    List<EnrolFeatures> offered = new ArrayList<>();
    TestService queued =
        queueing(
            (command, form, until, obstacle) -> {
              offered.add(command);
              return Optional.of(new EnrolmentQueue.Waiting("job-1"));
            });
    for (String event : EVENTS.subList(0, 3)) {
      ObjectNode request = event(event);
      request.withObject("/headers").put("idempotency-key", "once");
      Answer answer = queued.invoke(request);
      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.text())
          .isEqualTo("{\"status\":1,\"message\":\"Enrollment queued\",\"job_id\":\"job-1\"}");
    }
    assertThat(offered).hasSize(3);

    ApplicationId id = new ApplicationId(UUID.randomUUID());
    queued.applications.put(new Application(id, 0.45, 7000, false, EnrolAnswer.FAIL));
    queued.store(UNKNOWN, id, KeyStatus.ACTIVE);
    Answer failed = NodeCaller.of(queued).as(UNKNOWN).plainEnroll(face("ann", 1));
    assertThat(failed.status()).isEqualTo(500);
    assertThat(failed.text())
        .isEqualTo("{\"status\":-1,\"message\":\"Enrollment queued\",\"job_id\":\"job-1\"}");
  }

  @Test
  void an_enrolment_that_the_queue_finishes_in_time_is_answered_as_usual() {
    Person person =
        new Person(PersonId.random(new SecureRandom()), PersonId.random(new SecureRandom()), 0);
    TestService queued =
        queueing(
            (command, form, until, obstacle) ->
                Optional.of(new EnrolmentQueue.Done(new Enrolled(person, false))));
    assertThat(NodeCaller.of(queued).plainEnroll(face("ann", 1)).body().path("puid").asText())
        .isEqualTo(person.puid().toRot13());
  }

  @Test
  void an_enrolment_that_the_queue_may_have_taken_says_so() {
    TestService queued =
        queueing(
            (command, form, until, obstacle) -> Optional.of(new EnrolmentQueue.Uncertain("job-1")));
    Answer answer = NodeCaller.of(queued).plainEnroll(face("ann", 1));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text())
        .isEqualTo("{\"status\":-1,\"message\":\"Enrollment may be queued\",\"job_id\":\"job-1\"}");
  }

  @Test
  void an_enrolment_before_a_queue_is_tried_for_two_seconds_only() {
    List<EnrolFeatures> offered = new ArrayList<>();
    TestService queued =
        queueing(
            (command, form, until, obstacle) -> {
              offered.add(command);
              return Optional.of(new EnrolmentQueue.Waiting("job-1"));
            });
    Instant begin = Instant.now();
    NodeCaller.of(queued).plainEnroll(face("ann", 1));
    CallContext call = offered.getFirst().call();
    assertThat(call.retryUntil()).isBefore(call.deadline()).isAfter(begin);
    assertThat(Duration.between(call.retryUntil(), call.deadline()))
        .isGreaterThan(Duration.ofSeconds(10));
  }

  @Test
  void no_capacity_is_answered_by_503_with_retry_after() {
    TestService busy =
        new TestService(
            it -> FaultyFaces.with(new TransientFault(TransientFault.Kind.NO_CAPACITY, "429")));
    Answer answer = NodeCaller.of(busy).plainPredict(face("ann", 1));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("retry-after")).isEqualTo("2");
    assertThat(answer.text()).isEqualTo("{\"status\":-1,\"message\":\"Service busy\"}");
  }

  private static TestService queueing(EnrolmentQueue queue) {
    return new TestService(
        it -> FaultyFaces.with(new TransientFault(TransientFault.Kind.TIMEOUT, "late")),
        new NodePorts(
            new PayloadCiphers(1, new SecureRandom()), RateLimiter.NONE, queue, Jobs.NONE));
  }

  @Test
  void nothing_that_is_secret_or_personal_is_logged() {
    NodeCaller three = caller.speaking("3");
    String payload = three.sealed(features(face("ann", 1)));
    Answer enrolled = three.send("node-enroll", three.body("features", payload));
    PersonId puid = three.puid(enrolled);
    enrolNamed("bob", "bob@example", 200);
    verify("bob", "bob@example");
    three.send("node-enroll", three.body("features", payload.substring(1)));
    three.delete("nonsense");
    three.delete(puid.toRot13());
    service.invoke(event("failures/node-not-json"));
    new TestService(it -> FaultyFaces.with(new IllegalStateException(payload)))
        .invoke(event("node-enroll"));

    assertThat(service.log).hasSize(7);
    assertThat(String.join("", service.log))
        .doesNotContain(TestService.KEY.secret())
        .doesNotContain(puid.value())
        .doesNotContain(puid.toRot13())
        .doesNotContain(payload.substring(0, 40))
        .doesNotContain("bob@example")
        .doesNotContain(enrolled.body().path("puid").asText());
  }
}
