package dev.facet.core.payload;

/**
 * Wraps text for one API key in one encryption version (header {@code x-encryption-version}).
 *
 * <p>Every implementation guarantees that {@code decrypt(encrypt(text, context), context)} is
 * {@code text}, and that {@code decrypt} never returns for input that can't be the work of {@code
 * encrypt}. What else is guaranteed differs, and for versions 1 and 2 that is little: see {@link
 * EcbCipher}, {@link SaltedEcbCipher} and {@link SealedCipher}.
 *
 * <p>Safe for concurrent use. Keys and texts reach neither logs nor messages.
 */
public sealed interface PayloadCipher permits EcbCipher, SaltedEcbCipher, SealedCipher {

  /**
   * Wraps a text.
   *
   * @param text any text
   * @param context what the payload is for
   * @return ASCII text that fits a JSON string and an HTTP header
   */
  String encrypt(String text, PayloadContext context);

  /**
   * Unwraps a payload.
   *
   * @param payload what a caller sent; any text
   * @param context what the payload is said to be for
   * @throws dev.facet.core.faults.UndecryptablePayload if it is malformed, truncated, was made with
   *     another key or (version 3) for another context, or does not hold UTF-8 text
   */
  String decrypt(String payload, PayloadContext context);
}
