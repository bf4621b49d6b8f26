package dev.facet.core.idempotency;

import java.util.HexFormat;

/**
 * The name that a caller gives to a write, to be able to repeat it without harm.
 *
 * @param value the {@code Idempotency-Key} header; any text that is not blank
 */
public record IdempotencyKey(String value) {

  /** Checks that the key is not blank. */
  public IdempotencyKey {
    if (value.isBlank()) {
      throw new IllegalArgumentException("an idempotency key is not blank");
    }
  }

  /**
   * Returns the operation that the key names on one route: the same key on another route is another
   * operation.
   *
   * @param method the HTTP method, upper case
   * @param path the path without the stage
   */
  public OperationId operation(String method, String path) {
    return new OperationId(HexFormat.of().formatHex(Digest.of(method, path, value)));
  }
}
