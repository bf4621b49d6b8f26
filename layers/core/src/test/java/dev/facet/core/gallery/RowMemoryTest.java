package dev.facet.core.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.faults.InternalFault;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
final class RowMemoryTest {

  private final RowMemory memory = new RowMemory(1000);

  @Test
  void rows_beyond_the_limit_are_refused_and_smaller_ones_still_fit() {
    MemorySegment held = memory.allocate(600, 8);
    assertThatThrownBy(() -> memory.allocate(401, 8))
        .isInstanceOfSatisfying(
            InternalFault.class,
            it -> assertThat(it.kind()).isEqualTo(InternalFault.Kind.NO_MEMORY));
    assertThat(memory.hasRoom(401)).isFalse();
    assertThat(memory.hasRoom(400)).isTrue();
    assertThat(memory.allocate(400, 8).byteSize()).isEqualTo(400);
    assertThat(held.byteSize()).isEqualTo(600);
  }

  @Test
  void rows_without_a_reader_are_freed_when_memory_is_short() {
    List<MemorySegment> readers = new ArrayList<>(List.of(memory.allocate(900, 8)));
    MemorySegment part = readers.getFirst().asSlice(8, 8);
    readers.clear();
    assertThat(memory.hasRoom(900)).isFalse();
    assertThat(part.byteSize()).isEqualTo(8);

    part = memory.allocate(100, 8);
    for (int i = 0; i < 10; i++) {
      assertThat(memory.allocate(900, 8).byteSize()).isEqualTo(900);
    }
    assertThat(part.byteSize()).isEqualTo(100);
  }

  @Test
  void more_than_the_machine_has_is_refused_like_more_than_the_limit() {
    assertThatThrownBy(() -> new RowMemory(Long.MAX_VALUE).allocate(Long.MAX_VALUE / 2, 8))
        .isInstanceOf(InternalFault.class);
    assertThat(new RowMemory(Long.MAX_VALUE).allocate(8, 8).byteSize()).isEqualTo(8);
  }
}
