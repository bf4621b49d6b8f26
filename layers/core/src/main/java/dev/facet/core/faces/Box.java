package dev.facet.core.faces;

/**
 * A rectangle in pixels of the upright image (after EXIF rotation). It may reach beyond the image's
 * edges only where its documentation says so.
 *
 * @param left the leftmost column
 * @param top the topmost row
 * @param right one past the rightmost column, &gt; left
 * @param bottom one past the lowest row, &gt; top
 */
public record Box(int left, int top, int right, int bottom) {

  /** Checks that the box is not empty. */
  public Box {
    if (right <= left || bottom <= top) {
      throw new IllegalArgumentException(
          "a box has right > left and bottom > top, not %d,%d,%d,%d"
              .formatted(left, top, right, bottom));
    }
  }

  /** Returns the number of columns. */
  public int width() {
    return right - left;
  }

  /** Returns the number of rows. */
  public int height() {
    return bottom - top;
  }
}
