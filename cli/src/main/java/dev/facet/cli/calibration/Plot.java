package dev.facet.cli.calibration;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A chart with two axes as inline SVG. The page's style sheet sets colours and strokes by class, so
 * that they follow its light and dark modes.
 */
final class Plot {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 340;
  private static final int LEFT = 70;
  private static final int RIGHT = 18;
  private static final int TOP = 34;
  private static final int BOTTOM = 50;

  private final PlotAxis x;
  private final PlotAxis y;
  private final StringBuilder svg = new StringBuilder();

  /** A point in the axes' values. */
  record At(double x, double y) {}

  /**
   * Creates an empty chart.
   *
   * @param description the text alternative of the chart, for screen readers
   */
  Plot(String description, PlotAxis x, PlotAxis y) {
    this.x = x;
    this.y = y;
    add(
        "<svg viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">"
            .formatted(WIDTH, HEIGHT, escape(description)));
    x.ticks().forEach(this::gridAtX);
    y.ticks().forEach(this::gridAtY);
    add(
        "<text class=\"label\" x=\"%s\" y=\"%s\" text-anchor=\"middle\">%s</text>"
            .formatted((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, escape(x.label())));
    add(
        ("<text class=\"label\" transform=\"translate(14 %s) rotate(-90)\""
                + " text-anchor=\"middle\">%s</text>")
            .formatted((TOP + HEIGHT - BOTTOM) / 2, escape(y.label())));
  }

  /** Adds a line through points; adds nothing if there are no points. */
  Plot line(String style, List<At> points) {
    if (points.isEmpty()) {
      return this;
    }
    add("<path class=\"line %s\" d=\"M%s\"/>".formatted(style, path(points)));
    return this;
  }

  /** Fills the area between two borders; adds nothing if the first is empty. */
  Plot area(String style, List<At> border, List<At> opposite) {
    if (border.isEmpty()) {
      return this;
    }
    add(
        "<path class=\"area %s\" d=\"M%sL%sZ\"/>"
            .formatted(style, path(border), path(opposite.reversed())));
    return this;
  }

  /** Fills the area between a line and the bottom of the chart. */
  Plot areaUnder(String style, List<At> points) {
    return area(style, points, points.stream().map(at -> new At(at.x, y.from())).toList());
  }

  /** Adds a vertical line over the full height, with a name at its top. */
  Plot mark(String style, double value, String name) {
    add(
        "<path class=\"mark %s\" d=\"M%s %sV%s\"/>"
            .formatted(style, number(across(value)), TOP, HEIGHT - BOTTOM));
    add(
        "<text class=\"mark %s\" x=\"%s\" y=\"%s\" text-anchor=\"middle\">%s</text>"
            .formatted(style, number(across(value)), TOP - 8, escape(name)));
    return this;
  }

  /** Returns the chart as an SVG element. */
  String svg() {
    return svg + "</svg>";
  }

  private void gridAtX(double tick) {
    add(
        "<path class=\"grid\" d=\"M%s %sV%s\"/>"
            .formatted(number(across(tick)), TOP, HEIGHT - BOTTOM));
    add(
        "<text class=\"tick\" x=\"%s\" y=\"%s\" text-anchor=\"middle\">%s</text>"
            .formatted(number(across(tick)), HEIGHT - BOTTOM + 17, x.tickLabel().apply(tick)));
  }

  private void gridAtY(double tick) {
    add("<path class=\"grid\" d=\"M%s %sH%s\"/>".formatted(LEFT, number(up(tick)), WIDTH - RIGHT));
    add(
        "<text class=\"tick\" x=\"%s\" y=\"%s\" text-anchor=\"end\">%s</text>"
            .formatted(LEFT - 7, number(up(tick) + 4), y.tickLabel().apply(tick)));
  }

  private String path(List<At> points) {
    return points.stream()
        .map(at -> number(across(at.x)) + " " + number(up(at.y)))
        .collect(Collectors.joining("L"));
  }

  private double across(double value) {
    return LEFT + x.position(value) * (WIDTH - RIGHT - LEFT);
  }

  private double up(double value) {
    return HEIGHT - BOTTOM - y.position(value) * (HEIGHT - BOTTOM - TOP);
  }

  private static String number(double pixels) {
    return String.format(Locale.ROOT, "%.1f", pixels);
  }

  /** Escapes text for content and quoted attributes. */
  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Appends an element. Values arrive as text ({@code %s}), independent of the locale. */
  private void add(String element) {
    svg.append(element).append('\n');
  }
}
