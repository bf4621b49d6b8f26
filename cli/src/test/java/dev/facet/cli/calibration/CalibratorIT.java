package dev.facet.cli.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import dev.facet.cli.calibration.CrossValidation.Half;
import dev.facet.cli.calibration.PhotoSubject.Photo;
import dev.facet.core.gallery.Template;
import dev.facet.core.gallery.Weighing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(PER_CLASS)
class CalibratorIT {

  private final Calibration calibration =
      calibrate(Populations.people(10, 6, Populations.random(1)));

  @Test
  void score7000_stands_for_one_false_match_in_ten_thousand() {
    OperatingPoint at7000 = calibration.scores().get(2);
    assertThat(at7000.name()).isEqualTo("7000");
    assertThat(at7000.modelled()).isBetween(0.97e-4, 1e-4);
    assertThat(calibration.scoreMap().score(calibration.c0())).isEqualTo(7000);
    assertThat(calibration.c0Interval().contains(calibration.c0())).isTrue();
  }

  @Test
  void what_the_sample_cant_show_is_marked_as_extrapolated() {
    assertThat(calibration.scores())
        .extracting(OperatingPoint::name, OperatingPoint::extrapolated)
        .startsWith(tuple("5000", false))
        .endsWith(tuple("8000", true));
    assertThat(calibration.scores().getLast().falseMatchRate())
        .isEqualTo(calibration.scores().getLast().modelled());
  }

  @Test
  void higher_scores_let_fewer_strangers_pass_and_fail_more_mates() {
    List<OperatingPoint> scores = calibration.scores();
    for (int i = 1; i < scores.size(); i++) {
      assertThat(scores.get(i).falseMatchRate()).isLessThan(scores.get(i - 1).falseMatchRate());
      assertThat(scores.get(i).falseNonMatches().rate())
          .isGreaterThanOrEqualTo(scores.get(i - 1).falseNonMatches().rate());
    }
  }

  @Test
  void a_distance_of_one_is_a_cosine_of_one_half() {
    assertThat(calibration.distances())
        .extracting(OperatingPoint::name, OperatingPoint::similarity)
        .contains(tuple("1.00", 0.5));
  }

  @Test
  void distances_are_measured_without_weights() {
    List<PhotoSubject> weighed =
        Populations.people(10, 6, Populations.random(1)).stream()
            .map(CalibratorIT::halfWeighed)
            .toList();
    Calibration other = calibrate(weighed);
    assertThat(other.c0()).isLessThan(calibration.c0());
    assertThat(other.distances())
        .extracting(OperatingPoint::falseMatches, OperatingPoint::falseNonMatches)
        .isEqualTo(
            calibration.distances().stream()
                .map(point -> tuple(point.falseMatches(), point.falseNonMatches()))
                .toList());
  }

  private static PhotoSubject halfWeighed(PhotoSubject person) {
    return new PhotoSubject(
        person.name(),
        person.photos().stream()
            .map(
                photo ->
                    new Photo(
                        photo.name(),
                        new Template("face", photo.template().vector(), 1),
                        new Weighing(2)))
            .toList());
  }

  @Test
  void halves_are_measured_on_the_people_that_they_were_not_calibrated_on() {
    List<Half> halves = calibration.crossValidation().orElseThrow().halves();
    assertThat(halves).hasSize(2);
    assertThat(halves.getFirst().calibratedOn()).isEqualTo(halves.getLast().measuredOn());
    assertThat(halves.getFirst().calibratedOn())
        .hasSize(5)
        .doesNotContainAnyElementsOf(halves.getFirst().measuredOn());
    // five people with six photos each: 10 × 36 impostor and 5 × 15 genuine comparisons
    OperatingPoint point = halves.getFirst().points().getFirst();
    assertThat(point.falseMatches().comparisons()).isEqualTo(360);
    assertThat(point.falseNonMatches().comparisons()).isEqualTo(75);
  }

  @Test
  void promises_are_kept_on_unseen_people_when_the_model_is_true() {
    CrossValidation crossValidation =
        calibrate(Populations.people(40, 3, Populations.random(2))).crossValidation().orElseThrow();
    assertThat(crossValidation.predictions().getFirst().mean()).isBetween(0.005, 0.02);
  }

  @Test
  void a_photo_in_the_wrong_folder_is_pointed_at() {
    List<PhotoSubject> people = new ArrayList<>(Populations.people(8, 4, Populations.random(3)));
    Photo astray = new Photo("person-1/astray.jpg", people.get(0).photos().get(0).template());
    List<Photo> photos = new ArrayList<>(people.get(1).photos());
    photos.add(astray);
    people.set(1, new PhotoSubject("person-1", photos));
    assertThat(calibrate(people).worstPairs().falseMatches())
        .anySatisfy(
            pair -> {
              assertThat(pair.one()).isEqualTo("person-0/0.jpg");
              assertThat(pair.other()).isEqualTo("person-1/astray.jpg");
            });
  }

  @Test
  void the_same_photos_give_the_same_calibration() {
    List<PhotoSubject> people = Populations.people(6, 3, Populations.random(4));
    assertThat(calibrate(people).c0Interval()).isEqualTo(calibrate(people).c0Interval());
  }

  @Test
  void too_few_people_are_refused() {
    assertThatExceptionOfType(UnusablePhotos.class)
        .isThrownBy(() -> calibrate(Populations.people(2, 9, Populations.random(5))))
        .withMessageContaining("at least 3 people");
    assertThatExceptionOfType(UnusablePhotos.class)
        .isThrownBy(() -> calibrate(Populations.people(9, 1, Populations.random(5))))
        .withMessageContaining("one of them with two");
  }

  @Test
  void few_people_are_not_halved() {
    assertThat(calibrate(Populations.people(5, 4, Populations.random(6))).crossValidation())
        .isEmpty();
  }

  private static Calibration calibrate(List<PhotoSubject> people) {
    return new Calibrator(Populations.random(9)).calibrate(people);
  }
}
