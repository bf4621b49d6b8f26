package dev.facet.core.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Data keys and MACs under a local secret, for a single machine without a key service. */
public final class SecretBackedKeys implements DataKeys, JobMac {

  /** Length of the secret in bytes. */
  public static final int SECRET_BYTES = 32;

  private final byte[] wrapping;
  private final byte[] authenticating;
  private final SecureRandom random;

  /**
   * @param secret 32 random bytes
   * @throws IllegalArgumentException if the secret has another length
   */
  public SecretBackedKeys(byte[] secret, SecureRandom random) {
    if (secret.length != SECRET_BYTES) {
      throw new IllegalArgumentException("the secret has 32 bytes, not " + secret.length);
    }
    this.wrapping = hmac(secret, "facet/job-keys".getBytes(UTF_8));
    this.authenticating = hmac(secret, "facet/job-ids".getBytes(UTF_8));
    this.random = random;
  }

  @Override
  public DataKey make(String context) {
    byte[] key = new byte[SECRET_BYTES];
    random.nextBytes(key);
    return new DataKey(key, Gcm.seal(wrapping, key, context, random));
  }

  @Override
  public byte[] open(byte[] wrapped, String context) {
    return Gcm.open(wrapping, wrapped, context);
  }

  @Override
  public byte[] of(byte[] message) {
    return hmac(authenticating, message);
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }
}
