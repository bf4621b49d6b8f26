package dev.facet.core.faces.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faults.InternalFault;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** {@code stored-answers-1.jsonl} was written by commit 90e4ca2. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JsonResultCodecTest {

  private static final String GOLDEN = FaceWireTest.resource("stored-answers-1.jsonl").strip();

  private final JsonResultCodec codec = new JsonResultCodec();

  @Test
  void answers_are_written_as_they_always_were() {
    assertThat(
            FaceWireTest.STORED_ANSWERS.stream()
                .map(codec::write)
                .collect(Collectors.joining("\n")))
        .isEqualTo(GOLDEN);
  }

  @Test
  void stored_answers_of_every_kind_are_read() {
    List<String> lines = GOLDEN.lines().toList();
    for (int i = 0; i < FaceWireTest.STORED_ANSWERS.size(); i++) {
      FaceAnswer answer = FaceWireTest.STORED_ANSWERS.get(i);
      assertThat(codec.read(lines.get(i), answer.getClass())).isEqualTo(answer);
    }
  }

  @Test
  void an_unknown_property_is_ignored() {
    FaceAnswer.Deleted deleted =
        codec.read(
            "{\"subject\":{\"value\":\"a\",\"news\":[1]},\"news\":{}}", FaceAnswer.Deleted.class);
    assertThat(deleted.subject().value()).isEqualTo("a");
  }

  @Test
  void damaged_text_is_an_internal_fault() {
    for (String damaged : List.of("", "{", "[]", "{\"subject\":7}")) {
      assertThatThrownBy(() -> codec.read(damaged, FaceAnswer.Deleted.class))
          .isInstanceOf(InternalFault.class);
    }
  }
}
