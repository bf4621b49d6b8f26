package dev.facet.cli.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import dev.facet.cli.calibration.PhotoSet.Skipped;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

@TestInstance(PER_CLASS)
class ReportTest {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+");

  private final List<PhotoSubject> people = people();
  private final Calibration calibration = new Calibrator(Populations.random(1)).calibrate(people);
  private final PhotoSet photoSet =
      new PhotoSet(
          "tiny-1",
          "R & D's <photos>",
          people,
          List.of(new Skipped("a<b>/\"1\".jpg", "No face was found in the provided image.")));
  private final String html = HtmlReport.of(photoSet, calibration);

  @Test
  void the_page_is_well_formed() throws Exception {
    Document page = parsed();
    assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(3);
    assertThat(((Element) page.getElementsByTagName("h1").item(0)).getTextContent())
        .isEqualTo("Calibration of tiny-1");
  }

  @Test
  void the_page_holds_all_it_needs_and_runs_nothing() {
    assertThat(html).doesNotContain("<script", "http:", "https:", "url(", "{{", "NaN", "null");
  }

  @Test
  void names_of_files_cant_become_markup() throws Exception {
    assertThat(html).contains("a&lt;b&gt;/\"1\".jpg");
    assertThat(parsed().getDocumentElement().getTextContent())
        .contains("R & D's <photos>", "person-0<i>/copy.jpg");
  }

  @Test
  void every_drawing_stays_within_its_frame() throws Exception {
    Document page = parsed();
    for (int i = 0; i < page.getElementsByTagName("path").getLength(); i++) {
      String path = ((Element) page.getElementsByTagName("path").item(i)).getAttribute("d");
      assertThat(NUMBER.matcher(path).results().map(MatchResult::group).map(Double::valueOf))
          .isNotEmpty()
          .allSatisfy(pixels -> assertThat(pixels).isBetween(0.0, 760.0));
    }
  }

  @Test
  void both_reports_say_what_is_extrapolated_and_by_which_model() {
    String text = TextReport.of(photoSet, calibration);
    assertThat(text)
        .contains("FMR 1.0e-4 by a normal distribution of Fisher's z", "* extrapolated", "counted");
    assertThat(text.lines().filter(line -> line.startsWith("   7000") || line.startsWith("  7000")))
        .anyMatch(line -> line.contains("*"));
    assertThat(html).contains("<mark>extrapolated</mark>", "normal distribution of Fisher's z");
  }

  @Test
  void the_terminal_sees_the_photos_that_were_not_used() {
    assertThat(TextReport.of(photoSet, calibration))
        .contains("skipped a<b>/\"1\".jpg: No face was found in the provided image.");
  }

  @Test
  void rates_read_as_people_write_them() {
    assertThat(Formats.rate(0)).isEqualTo("0");
    assertThat(Formats.rate(0.4567)).isEqualTo("46 %");
    assertThat(Formats.rate(0.0456)).isEqualTo("4.6 %");
    assertThat(Formats.rate(0.00123)).isEqualTo("0.12 %");
    assertThat(Formats.rate(0.0000996)).isEqualTo("1.0e-4");
    assertThat(Formats.rate(1)).isEqualTo("100 %");
    assertThat(Formats.expected(1.04)).isEqualTo("1.0");
    assertThat(Formats.expected(5421)).isEqualTo("5,421");
  }

  private Document parsed() throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }

  /** One photo of the second person is also in the first one's folder. */
  private static List<PhotoSubject> people() {
    List<PhotoSubject> people = new ArrayList<>(Populations.people(8, 4, Populations.random(2)));
    List<PhotoSubject.Photo> photos = new ArrayList<>(people.get(0).photos());
    photos.add(
        new PhotoSubject.Photo("person-0<i>/copy.jpg", people.get(1).photos().get(0).template()));
    people.set(0, new PhotoSubject("person-0<i>", photos));
    return people;
  }
}
