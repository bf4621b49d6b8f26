package dev.facet.core.subjects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ids that /node gives to people. */
class PersonIdTest {

  @Test
  void newIdsHaveTheFormAndDiffer() {
    SecureRandom random = new SecureRandom();
    Set<PersonId> ids = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      ids.add(PersonId.random(random));
    }
    assertThat(ids).hasSize(200).allMatch(id -> PersonId.hasForm(id.value()));
  }

  @Test
  void plainRoutesShowItInRot13AndReadItBack() {
    PersonId id = new PersonId("KW4i4cGr-fv76-YqIE-w7fA-UrAt0FcVyY2q");

    assertThat(id.toRot13()).isEqualTo("XJ4v4pTe-si76-LdVR-j7sN-HeNg0SpIlL2d");
    assertThat(PersonId.parseRot13(id.toRot13())).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "KW4i4cGr",
        "KW4i4cGr-fv76-YqIE-w7fA-UrAt0FcVyY2",
        "KW4i4cGr-fv76-YqIE-w7fA-UrAt0FcVyYü2"
      })
  void anythingElseIsNoId(String text) {
    assertThat(PersonId.hasForm(text)).isFalse();
    assertThatThrownBy(() -> new PersonId(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
