package dev.facet.core.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.core.crypto.Aead;
import dev.facet.core.crypto.Hashes;
import dev.facet.core.faults.InternalFault;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;

/** Data keys and MACs under a local secret, for a single machine without a key service. */
public final class SecretBackedKeys implements DataKeys, JobMac {

  /** Length of the secret in bytes. */
  public static final int SECRET_BYTES = 32;

  private final Aead wrapping;
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
    this.wrapping = new Aead(Hashes.hmacSha256(secret, "facet/job-keys"), random);
    this.authenticating = Hashes.hmacSha256(secret, "facet/job-ids");
    this.random = random;
  }

  @Override
  public DataKey create(String context) {
    byte[] key = new byte[SECRET_BYTES];
    random.nextBytes(key);
    return new DataKey(key, wrapping.encrypt(key, context.getBytes(UTF_8)));
  }

  @Override
  public byte[] unwrap(byte[] wrapped, String context) {
    try {
      return wrapping.decrypt(wrapped, context.getBytes(UTF_8));
    } catch (AEADBadTagException e) {
      throw new InternalFault("A data key was changed, or belongs to another secret or job.", e);
    }
  }

  @Override
  public byte[] compute(byte[] message) {
    return Hashes.hmacSha256(authenticating, message);
  }
}
