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
  void new_ids_have_the_form_and_differ() {
    SecureRandom random = new SecureRandom();
    Set<PersonId> ids = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      ids.add(PersonId.random(random));
    }
    assertThat(ids).hasSize(200).allMatch(id -> PersonId.hasForm(id.value()));
  }

  @Test
  void plain_routes_show_it_in_rot13_and_read_it_back() {
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
  void anything_else_is_no_id(String text) {
    assertThat(PersonId.hasForm(text)).isFalse();
    assertThatThrownBy(() -> new PersonId(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
