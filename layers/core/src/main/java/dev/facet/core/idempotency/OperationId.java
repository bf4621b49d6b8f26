package dev.facet.core.idempotency;

/**
 * The id of one intended write of one application, through every retry. It is derived from an
 * {@code Idempotency-Key} (SHA-256 of method, path and key), is a job's id, or is random for a
 * request that can't be repeated.
 *
 * @param value at most 128 printable ASCII characters without spaces
 */
public record OperationId(String value) {

  /** Checks the form. */
  public OperationId {
    if (value.isEmpty()
        || value.length() > 128
        || !value.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IllegalArgumentException("an operation id is 1..128 printable ASCII characters");
    }
  }
}
