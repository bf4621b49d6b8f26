package dev.facet.cli.calibration.degradation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.cli.calibration.degradation.Degradation.Purpose;
import dev.facet.core.faces.Box;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.faces.Point;
import dev.facet.vision.images.ImageDecoder;
import dev.facet.vision.images.Photo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DegradationsIT {

  private static final int WIDTH = 110;
  private static final int HEIGHT = 130;
  private static final ImageDecoder DECODER = new ImageDecoder(1_000_000);

  private static final FacePhoto PHOTO = photo("first");
  private static final Map<Degradation, byte[]> SPOILT =
      Degradations.all().stream()
          .collect(Collectors.toMap(Function.identity(), each -> each.apply(PHOTO)));

  static List<Degradation> all() {
    return Degradations.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void the_same_photo_gives_the_same_bytes(Degradation degradation) {
    assertThat(degradation.apply(photo("first"))).isEqualTo(SPOILT.get(degradation));
  }

  @ParameterizedTest
  @MethodSource("all")
  void the_result_is_another_picture(Degradation degradation) {
    Picture clean = PHOTO.picture();
    Picture spoilt = spoilt(degradation);
    assertThat(spoilt.width()).isBetween(8, 4 * WIDTH);
    assertThat(spoilt.height()).isBetween(8, 4 * HEIGHT);
    if (spoilt.width() == clean.width() && spoilt.height() == clean.height()) {
      assertThat(difference(clean, spoilt)).isGreaterThan(1);
    }
  }

  @Test
  void the_clean_photo_stays_as_it_was() {
    assertThat(SPOILT).isNotEmpty();
    assertThat(PHOTO.picture().samples()).isEqualTo(photo("first").picture().samples());
  }

  @Test
  void the_name_of_the_photo_decides_the_random_part() {
    FacePhoto second = photo("second");
    List<String> random =
        Degradations.all().stream()
            .filter(each -> !Arrays.equals(SPOILT.get(each), each.apply(second)))
            .map(Degradation::kind)
            .distinct()
            .toList();
    assertThat(random)
        .contains("Gaussian noise", "motion blur", "patches")
        .doesNotContain("dark", "JPEG", "upside down");
  }

  @Test
  void at_least_25_kinds_have_a_purpose_each() {
    Map<String, Set<Purpose>> purposes =
        Degradations.all().stream()
            .collect(
                Collectors.groupingBy(
                    Degradation::kind,
                    Collectors.mapping(Degradation::purpose, Collectors.toSet())));
    assertThat(purposes).hasSizeGreaterThanOrEqualTo(25);
    assertThat(purposes).allSatisfy((_, uses) -> assertThat(uses).hasSize(1));
    for (Purpose purpose : Purpose.values()) {
      assertThat(purposes.values()).filteredOn(Set.of(purpose)::equals).hasSizeGreaterThan(15);
    }
  }

  @Test
  void names_are_unique() {
    assertThat(Degradations.all()).extracting(Degradation::name).doesNotHaveDuplicates();
  }

  @Test
  void greater_strengths_change_more() {
    for (String kind : List.of("Gaussian blur", "JPEG", "Gaussian noise", "dark", "haze")) {
      List<Double> changes =
          Degradations.all().stream()
              .filter(degradation -> degradation.kind().equals(kind))
              .map(each -> difference(PHOTO.picture(), spoilt(each)))
              .toList();
      assertThat(changes).as(kind).isSorted();
    }
  }

  private static double difference(Picture one, Picture other) {
    double sum = 0;
    for (int i = 0; i < one.samples().length; i++) {
      sum += Math.abs((one.samples()[i] & 0xff) - (other.samples()[i] & 0xff));
    }
    return sum / one.samples().length;
  }

  private static Picture spoilt(Degradation degradation) {
    byte[] image = requireNonNull(SPOILT.get(degradation));
    try (Photo photo = DECODER.decode(image, DECODER.header(image), 1)) {
      return Picture.of(photo.pixels());
    }
  }

  /** Returns a picture with areas, edges and texture, like a photo. */
  private static FacePhoto photo(String name) {
    Picture picture =
        Picture.computed(
            WIDTH,
            HEIGHT,
            (x, y, c) -> {
              boolean inside = Math.hypot((x - 55) / 34.0, (y - 66) / 46.0) < 1;
              boolean eye = Math.hypot(x - 40, y - 55) < 6 || Math.hypot(x - 70, y - 55) < 6;
              boolean mouth = Math.abs(x - 55) < 15 && Math.abs(y - 88) < 3;
              int base = eye || mouth ? 40 : inside ? 150 + 25 * c : 60 + x / 3;
              return base + 12 * Math.sin(x * 0.9) * Math.cos(y * 0.7);
            });
    Box box = new Box(20, 20, 90, 112);
    FaceAttributes face =
        new FaceAttributes(box, box, new Point(40, 55), new Point(70, 55), 1, 0, 0, 0, 1, 1);
    return FacePhoto.decode(name, picture.bmp(), face, DECODER);
  }
}
