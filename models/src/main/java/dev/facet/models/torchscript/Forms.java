package dev.facet.models.torchscript;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The two layouts of the values of a module: images (N × C × H × W in channels-last memory order),
 * and matrices with one row per pixel, which matrix multiplications read and return. Both are views
 * of the same memory; each view is created on first use.
 */
final class Forms {

  /**
   * A value in the matrix layout.
   *
   * @param variable the variable that holds the matrix
   * @param height the variable that holds the height of the images
   * @param width the variable that holds the width of the images
   */
  private record Rows(String variable, String height, String width) {}

  private final UnaryOperator<String> let;
  private final Map<String, Rows> matrices = new HashMap<>();
  private final Map<String, String> pictures = new HashMap<>();

  /**
   * @param let adds an assignment to the module and returns the new variable
   */
  Forms(UnaryOperator<String> let) {
    this.let = let;
  }

  /** Returns whether a value was computed as a matrix or already has a matrix view. */
  boolean isMatrix(String value) {
    return matrices.containsKey(value);
  }

  /** Returns the variable that holds a value as images. */
  String picture(String value) {
    Rows rows = matrices.get(value);
    return rows == null || !value.equals(rows.variable())
        ? value
        : pictures.computeIfAbsent(value, _ -> picture(rows));
  }

  private String picture(Rows rows) {
    return let.apply(
        "torch.permute(torch.unflatten(%s, 0, [-1, %s, %s]), [0, 3, 1, 2])"
            .formatted(rows.variable(), rows.height(), rows.width()));
  }

  /** Returns the variable that holds a value as a matrix. */
  String matrix(String value) {
    return rows(value).variable();
  }

  private Rows rows(String value) {
    return matrices.computeIfAbsent(
        value,
        picture ->
            new Rows(
                let.apply(
                    "torch.flatten(torch.permute(%s, [0, 2, 3, 1]), 0, 2)".formatted(picture)),
                let.apply("torch.size(%s, 2)".formatted(picture)),
                let.apply("torch.size(%s, 3)".formatted(picture))));
  }

  /**
   * Registers a new value in the matrix layout and returns its variable.
   *
   * @param matrix the variable that holds it
   * @param like a value with images of the same height and width
   */
  String keep(String matrix, String like) {
    Rows sizes = rows(like);
    matrices.put(matrix, new Rows(matrix, sizes.height(), sizes.width()));
    return matrix;
  }
}
