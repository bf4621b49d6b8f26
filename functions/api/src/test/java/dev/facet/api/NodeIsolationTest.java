package dev.facet.api;

import static dev.facet.api.NodeCaller.face;
import static dev.facet.api.NodeCaller.features;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.api.TestService.Answer;
import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.KeyStatus;
import dev.facet.core.payload.PayloadContext.Field;
import dev.facet.core.subjects.PersonId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two applications that enrol the same face under the same name never meet. */
class NodeIsolationTest {

  private static final ApiKey OTHER_KEY = new ApiKey("FacetEventKey000000000000002");
  private static final ApiKey SECOND_KEY = new ApiKey("FacetEventKey000000000000003");

  private final TestService service = new TestService();
  private final NodeCaller ours = NodeCaller.of(service);
  private final NodeCaller theirs = ours.as(OTHER_KEY);

  NodeIsolationTest() {
    ApplicationId other = new ApplicationId(UUID.randomUUID());
    service.applications.put(Application.withDefaults(other));
    service.store(OTHER_KEY, other, KeyStatus.ACTIVE);
    service.store(SECOND_KEY, KeyStatus.ACTIVE);
  }

  @Test
  void what_one_enrols_the_other_does_not_find() {
    enrolNamed(ours);
    for (String event : new String[] {"node-predict", "node-predict-default"}) {
      ObjectNode body = theirs.body("features", theirs.sealed(features(face("ann", 1))), "K", 10);
      assertThat(theirs.send(event, body).body().path("status").intValue()).isEqualTo(-1);
    }
    assertThat(theirs.plainPredict(face("ann", 1)).body().path("status").intValue()).isEqualTo(-1);
    ObjectNode named =
        theirs.body(
            "features", theirs.sealed(features(face("ann", 1))), "user_identifier", "ann@example");
    assertThat(theirs.send("node-predict", named).body().path("status").intValue()).isEqualTo(153);
  }

  @Test
  void the_same_face_and_name_are_another_person_there() {
    Answer one = enrolNamed(ours);
    Answer two = enrolNamed(theirs);
    assertThat(two.body().path("score").intValue()).isZero();
    assertThat(theirs.puid(two)).isNotEqualTo(ours.puid(one));
    assertThat(theirs.opened(two.body(), Field.GUID))
        .isNotEqualTo(ours.opened(one.body(), Field.GUID));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "3"})
  void one_cannot_delete_the_others_people(String encryption) {
    NodeCaller mine = ours.speaking(encryption);
    NodeCaller attacker = theirs.speaking(encryption);
    Answer enrolled = mine.enroll(face("ann", 1));
    PersonId puid = mine.puid(enrolled);
    assertThat(attacker.delete(puid.toRot13()).status()).isEqualTo(400);
    assertThat(attacker.delete(attacker.sealed(puid, Field.PUID)).status()).isEqualTo(400);
    assertThat(attacker.delete(enrolled.body().path("puid").asText()).status())
        .isGreaterThanOrEqualTo(400);
    assertThat(mine.predict(face("ann", 1)).body().path("status").intValue()).isZero();
  }

  @Test
  void the_others_deletion_and_idempotency_key_change_nothing() {
    NodeCaller mine = ours.with("idempotency-key", "same");
    NodeCaller other = theirs.with("idempotency-key", "same");
    PersonId one = mine.puid(mine.enroll(face("ann", 1)));
    PersonId two = other.puid(other.enroll(face("bob", 1)));
    assertThat(two).isNotEqualTo(one);
    assertThat(other.delete(two.toRot13()).status()).isEqualTo(200);
    assertThat(mine.puid(mine.enroll(face("ann", 1)))).isEqualTo(one);
    assertThat(ours.predict(face("ann", 2)).body().path("status").intValue()).isZero();
  }

  @Test
  void one_applications_two_keys_share_its_people() {
    PersonId ann = ours.puid(ours.enroll(face("ann", 1)));
    NodeCaller second = ours.as(SECOND_KEY);
    assertThat(second.puid(second.predict(face("ann", 2)))).isEqualTo(ann);
    assertThat(second.delete(second.sealed(ann, Field.PUID)).status()).isEqualTo(200);
  }

  @Test
  void subjects_of_v1_are_not_seen_by_node_nor_the_reverse() {
    String subject =
        service.invoke(TestService.event("register-subject")).body().path("id").asText();
    PersonId ann = ours.puid(ours.enroll(face("ann", 1)));
    assertThat(
            service
                .invoke(TestService.about(ann.value(), TestService.event("delete-subject")))
                .status())
        .isEqualTo(404);
    assertThat(ours.delete(subject).status()).isEqualTo(500);
  }

  private static Answer enrolNamed(NodeCaller caller) {
    ObjectNode body = caller.body("features", caller.sealed(features(face("ann", 1))));
    body.putObject("metadata").put("id", "ann@example");
    return caller.send("node-enroll", body);
  }
}
