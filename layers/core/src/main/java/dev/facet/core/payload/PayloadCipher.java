package dev.facet.core.payload;

/**
 * Encrypts text for one API key in one encryption version (header {@code x-encryption-version}).
 *
 * <p>Every implementation guarantees that {@code decrypt(encrypt(text, context), context)} is
 * {@code text}, and that {@code decrypt} never returns for input that {@code encrypt} cannot have
 * produced. Further guarantees depend on the version, and versions 1 and 2 give few: see {@link
 * EcbCipher}, {@link SaltedEcbCipher} and {@link SealedCipher}.
 *
 * <p>Safe for concurrent use. Keys and texts reach neither logs nor messages.
 */
public sealed interface PayloadCipher permits EcbCipher, SaltedEcbCipher, SealedCipher {

  /**
   * Encrypts a text.
   *
   * @param text any text
   * @param context the use of the payload
   * @return ASCII text that fits a JSON string and an HTTP header
   */
  String encrypt(String text, PayloadContext context);

  /**
   * Decrypts a payload.
   *
   * @param payload any text that a caller sent
   * @param context the claimed use of the payload
   * @throws dev.facet.core.faults.CallerFault.UndecryptablePayload if it is malformed, truncated,
   *     encrypted under another key or (version 3) for another context, or does not hold UTF-8 text
   */
  String decrypt(String payload, PayloadContext context);
}
