package dev.facet.benchmarks.photos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.benchmarks.peers.Area;
import dev.facet.benchmarks.peers.ExtractionResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SampleFacesTest {

  private final SampleFaces truth = read();

  @Test
  void there_are_twenty_two_faces() {
    assertThat(truth.count()).isEqualTo(22);
  }

  @Test
  void whoever_sees_them_at_half_the_size_finds_them_all() {
    ExtractionResult seen = seen(areas(1).stream().map(area -> area.times(0.5)));
    assertThat(truth.tally(1, 960, seen)).isEqualTo(new SampleFaces.Tally(3, 0));
  }

  @Test
  void a_face_seen_twice_is_false_the_second_time() {
    Area first = areas(1).getFirst();
    assertThat(truth.tally(1, SampleFaces.WIDTH, seen(Stream.of(first, first))))
        .isEqualTo(new SampleFaces.Tally(1, 1));
  }

  @Test
  void an_elbow_is_false() {
    ExtractionResult elbow = seen(Stream.of(new Area(10, 1000, 60, 1060)));
    assertThat(truth.tally(1, SampleFaces.WIDTH, elbow)).isEqualTo(new SampleFaces.Tally(0, 1));
  }

  private List<Area> areas(int photo) {
    return truth.areas().getOrDefault(photo, List.of());
  }

  private static ExtractionResult seen(Stream<Area> areas) {
    return new ExtractionResult(
        0, 0, Map.of(), areas.map(area -> new ExtractionResult.Face(area, 1, List.of())).toList());
  }

  private static SampleFaces read() {
    try {
      return SampleFaces.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
