package dev.facet.benchmarks.peers;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.facet.core.faces.Box;

/** A rectangle in a photo's pixels; an array of four numbers in JSON. */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"left", "top", "right", "bottom"})
public record Area(double left, double top, double right, double bottom) {

  /** Returns the area of a box in face attributes. */
  public static Area of(Box box) {
    return new Area(box.left(), box.top(), box.right(), box.bottom());
  }

  /** Returns the width in columns. */
  public double width() {
    return right - left;
  }

  /** Returns the height in rows. */
  public double height() {
    return bottom - top;
  }

  /** Returns the same area in a picture enlarged by a factor. */
  public Area times(double zoom) {
    return new Area(left * zoom, top * zoom, right * zoom, bottom * zoom);
  }

  /** Returns the intersection over union (IoU), 0..1. */
  public double overlap(Area other) {
    double columns = Math.min(right, other.right) - Math.max(left, other.left);
    double rows = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    double both = Math.max(0, columns) * Math.max(0, rows);
    return both / (width() * height() + other.width() * other.height() - both);
  }
}
