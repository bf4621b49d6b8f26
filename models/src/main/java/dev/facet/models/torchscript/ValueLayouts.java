package dev.facet.models.torchscript;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The two layouts of the values of a module: images (N × C × H × W in channels-last memory order),
 * and matrices with one row per pixel, which matrix multiplications read and return. Both are views
 * of the same memory; each view is created on first use.
 */
final class ValueLayouts {

  /**
   * A value in the matrix layout.
   *
   * @param variable the variable that holds the matrix
   * @param height the variable that holds the height of the images
   * @param width the variable that holds the width of the images
   */
  private record MatrixView(String variable, String height, String width) {}

  private final UnaryOperator<String> assign;
  private final Map<String, MatrixView> matrices = new HashMap<>();
  private final Map<String, String> images = new HashMap<>();

  /**
   * @param assign adds an assignment to the module and returns the new variable
   */
  ValueLayouts(UnaryOperator<String> assign) {
    this.assign = assign;
  }

  /** Returns whether a value was computed as a matrix or already has a matrix view. */
  boolean hasMatrix(String value) {
    return matrices.containsKey(value);
  }

  /** Returns the variable that holds a value as images. */
  String image(String value) {
    MatrixView view = matrices.get(value);
    return view == null || !value.equals(view.variable())
        ? value
        : images.computeIfAbsent(value, _ -> image(view));
  }

  private String image(MatrixView view) {
    return assign.apply(
        "torch.permute(torch.unflatten(%s, 0, [-1, %s, %s]), [0, 3, 1, 2])"
            .formatted(view.variable(), view.height(), view.width()));
  }

  /** Returns the variable that holds a value as a matrix. */
  String matrix(String value) {
    return matrixView(value).variable();
  }

  private MatrixView matrixView(String value) {
    return matrices.computeIfAbsent(
        value,
        image ->
            new MatrixView(
                assign.apply(
                    "torch.flatten(torch.permute(%s, [0, 2, 3, 1]), 0, 2)".formatted(image)),
                assign.apply("torch.size(%s, 2)".formatted(image)),
                assign.apply("torch.size(%s, 3)".formatted(image))));
  }

  /**
   * Registers a new value in the matrix layout and returns its variable.
   *
   * @param matrix the variable that holds it
   * @param sameSize a value with images of the same height and width
   */
  String addMatrix(String matrix, String sameSize) {
    MatrixView view = matrixView(sameSize);
    matrices.put(matrix, new MatrixView(matrix, view.height(), view.width()));
    return matrix;
  }
}
