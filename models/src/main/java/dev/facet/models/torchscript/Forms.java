package dev.facet.models.torchscript;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The two forms that a module's values are kept in: as pictures (N × C × H × W, in channels-last
 * order), and as matrices with a row a pixel, which products of matrices take and give. Both are
 * views of the same memory, each made when it is first wanted.
 */
final class Forms {

  /**
   * A value as a matrix.
   *
   * @param variable the matrix
   * @param height the variable that holds its pictures' rows
   * @param width the one that holds their columns
   */
  private record Rows(String variable, String height, String width) {}

  private final UnaryOperator<String> let;
  private final Map<String, Rows> matrices = new HashMap<>();
  private final Map<String, String> pictures = new HashMap<>();

  /**
   * @param let adds an assignment and returns the new variable
   */
  Forms(UnaryOperator<String> let) {
    this.let = let;
  }

  /** Whether a value has been made, or wanted, as a matrix. */
  boolean isMatrix(String value) {
    return matrices.containsKey(value);
  }

  /** The variable that holds a value as pictures. */
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

  /** The variable that holds a value as a matrix. */
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
   * Keeps a new value as a matrix.
   *
   * @param matrix the variable that holds it
   * @param like a value of as many pixels
   */
  String keep(String matrix, String like) {
    Rows sizes = rows(like);
    matrices.put(matrix, new Rows(matrix, sizes.height(), sizes.width()));
    return matrix;
  }
}
