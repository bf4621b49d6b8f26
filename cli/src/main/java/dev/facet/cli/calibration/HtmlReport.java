package dev.facet.cli.calibration;

import dev.facet.cli.calibration.CrossValidation.Half;
import dev.facet.cli.calibration.WorstPairs.Pair;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Renders a calibration as one self-contained page, with a light and a dark mode, without scripts
 * or external resources.
 */
final class HtmlReport {

  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
  private static final String EXTRAPOLATED = "<mark>extrapolated</mark>";

  private final PhotoSet survey;
  private final Calibration calibration;

  private HtmlReport(PhotoSet survey, Calibration calibration) {
    this.survey = survey;
    this.calibration = calibration;
  }

  /** Returns the whole page. */
  static String of(PhotoSet survey, Calibration calibration) {
    return new HtmlReport(survey, calibration).page();
  }

  /** Escapes text for HTML content and quoted attributes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private String page() {
    Map<String, String> parts = parts();
    return PLACE
        .matcher(template())
        .replaceAll(
            place ->
                Matcher.quoteReplacement(
                    Objects.requireNonNull(parts.get(place.group(1)), place.group(1))));
  }

  private Map<String, String> parts() {
    Charts charts = new Charts(calibration);
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("title", escape("Calibration of " + survey.bundle()));
    parts.put("sample", sample());
    parts.put("tiles", tiles());
    parts.put("c0", Formats.cosine(calibration.c0()));
    parts.put("reach", Integer.toString(ErrorRate.REACH));
    parts.put("model", ImpostorTail.NAME);
    parts.put("mean", Formats.cosine(calibration.tail().mean()));
    parts.put("deviation", Formats.cosine(calibration.tail().deviation()));
    parts.put("scores", points("Score", calibration.scores()));
    parts.put("distances", points("Distance", calibration.distances()));
    parts.put("distributions", charts.distributions());
    parts.put("tail", charts.tail());
    parts.put("tradeOff", charts.tradeOff());
    parts.put("strangers", strangers());
    parts.put("crosswise", calibration.crosswise().map(HtmlReport::crosswise).orElse(""));
    parts.put("mistakes", mistakes());
    parts.put("skipped", skipped());
    return parts;
  }

  private String sample() {
    PairSet comparisons = calibration.comparisons();
    return "%s: %d people, %s photos used, %d skipped; %s genuine and %s impostor comparisons."
        .formatted(
            escape(survey.origin()),
            survey.people().size(),
            Formats.count(survey.photos()),
            survey.skipped().size(),
            Formats.count(PairSet.size(comparisons.genuine())),
            Formats.count(PairSet.size(comparisons.impostor())));
  }

  private String tiles() {
    OperatingPoint at7000 = calibration.at7000();
    return tile(
            Formats.cosine(calibration.c0()),
            "cosine of score 7000",
            "95 %: " + Formats.cosines(calibration.c0Interval()))
        + tile(
            Formats.rate(at7000.falseMatchRate()),
            "FMR at 7000" + (at7000.extrapolated() ? ", extrapolated" : ""),
            "95 %: " + Formats.rates(at7000.falseMatchInterval()))
        + tile(
            Formats.percent(at7000.falseNonMatches().rate()),
            "FNMR at 7000",
            "95 %: " + Formats.percents(at7000.falseNonMatches().bySubject()))
        + tile(
            Formats.expected(10_000 * at7000.falseMatchRate()),
            "false candidates at 7000",
            "that a stranger meets among 10,000");
  }

  private static String tile(String figure, String name, String detail) {
    return "<div class=\"tile\"><b>%s</b><span>%s</span><span>%s</span></div>\n"
        .formatted(figure, name, detail);
  }

  private static String points(String name, List<OperatingPoint> points) {
    Table table =
        new Table(name, "Cosine", "FMR", "", "false matches", "FNMR", "false non-matches");
    for (OperatingPoint point : points) {
      ErrorRate matched = point.falseMatches();
      ErrorRate missed = point.falseNonMatches();
      table.row(
          point.calibrated(),
          point.name(),
          Formats.cosine(point.similarity()),
          two(Formats.rate(point.falseMatchRate()), Formats.rates(point.falseMatchInterval())),
          point.extrapolated() ? EXTRAPOLATED : "",
          two(Formats.counted(matched), Formats.rates(matched.exact())),
          two(Formats.percent(missed.rate()), Formats.percents(missed.bySubject())),
          two(Formats.counted(missed), Formats.percents(missed.exact())));
    }
    return table.html();
  }

  /** Returns a figure with its interval below it. */
  private static String two(String figure, String interval) {
    return figure + "<small>" + interval + "</small>";
  }

  private String strangers() {
    Table table = new Table("Score", "1,000", "10,000", "100,000", "1,000,000", "");
    for (OperatingPoint point : calibration.scores()) {
      List<String> row = new ArrayList<>(List.of(point.name()));
      IntStream.of(1_000, 10_000, 100_000, 1_000_000)
          .mapToObj(size -> Formats.expected(size * point.falseMatchRate()))
          .forEach(row::add);
      row.add(point.extrapolated() ? EXTRAPOLATED : "");
      table.row(point.calibrated(), row.toArray(String[]::new));
    }
    return table.html();
  }

  private static String crosswise(CrossValidation crosswise) {
    Half first = crosswise.halves().getFirst();
    Table promises = new Table("FMR promised", "counted on the others, mean", "worst halving");
    crosswise
        .promises()
        .forEach(
            promise ->
                promises.row(
                    false,
                    Formats.rate(promise.promised()),
                    Formats.rate(promise.mean()),
                    Formats.rate(promise.worst())));
    return """
    <h2>Crosswise: does it hold for people not seen?</h2>
    <p>Calibrated on one half of the people and measured on the other, which it has not seen, and the
    reverse. First half: %s. Second half: %s.</p>
    %s
    <p>The same for %d random halvings: the FMR that one half’s model promised, and what the other
    half’s people did there.</p>
    %s
    """
        .formatted(
            names(first.calibratedOn()),
            names(first.measuredOn()),
            halves(crosswise.halves()),
            crosswise.halvings(),
            promises.html());
  }

  private static String halves(List<Half> halves) {
    Table table = new Table("Calibrated → measured", "Score", "Cosine", "FMR", "", "FNMR", "");
    for (Half half : halves) {
      for (OperatingPoint point : half.points()) {
        ErrorRate matched = point.falseMatches();
        ErrorRate missed = point.falseNonMatches();
        table.row(
            point.calibrated(),
            half.name(),
            point.name(),
            Formats.cosine(point.similarity()),
            Formats.rate(matched.rate()),
            two(Formats.counted(matched), Formats.rates(matched.exact())),
            Formats.percent(missed.rate()),
            two(Formats.counted(missed), Formats.percents(missed.exact())));
      }
    }
    return table.html();
  }

  private String mistakes() {
    WorstPairs mistakes = calibration.mistakes();
    if (mistakes.falseMatches().isEmpty() && mistakes.falseNonMatches().isEmpty()) {
      return "";
    }
    return "<h2>Comparisons that go wrong at 7000</h2>\n"
        + "<p>Worth a look: a photo in the wrong folder, or one person in two, shows here"
        + " first.</p>\n"
        + pairs("two people", mistakes.falseMatches())
        + pairs("one person", mistakes.falseNonMatches());
  }

  private static String pairs(String kind, List<Pair> pairs) {
    if (pairs.isEmpty()) {
      return "";
    }
    Table table = new Table("Two photos of " + kind, "Cosine");
    pairs.forEach(
        pair ->
            table.row(
                false,
                escape(pair.one()) + " · " + escape(pair.other()),
                Formats.cosine(pair.similarity())));
    return table.html();
  }

  private String skipped() {
    if (survey.skipped().isEmpty()) {
      return "";
    }
    Table table = new Table("Photo", "Why it was not used");
    survey
        .skipped()
        .forEach(photo -> table.row(false, escape(photo.photo()), escape(photo.reason())));
    return "<h2>Photos not used</h2>\n" + table.html();
  }

  private static String names(List<String> people) {
    return people.stream().map(HtmlReport::escape).collect(Collectors.joining(", "));
  }

  private static String template() {
    try (InputStream page =
        Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.html"))) {
      return new String(page.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A builder of tables from cells that are HTML already. */
  private static final class Table {

    private final StringBuilder html = new StringBuilder();

    Table(String... heads) {
      html.append("<div class=\"scroll\"><table><thead><tr>");
      for (String head : heads) {
        html.append("<th>").append(head).append("</th>");
      }
      html.append("</tr></thead><tbody>\n");
    }

    void row(boolean main, String... cells) {
      html.append(main ? "<tr class=\"main\">" : "<tr>");
      for (String cell : cells) {
        html.append("<td>").append(cell).append("</td>");
      }
      html.append("</tr>\n");
    }

    String html() {
      return html + "</tbody></table></div>\n";
    }
  }
}
