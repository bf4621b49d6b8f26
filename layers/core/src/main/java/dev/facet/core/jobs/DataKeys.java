package dev.facet.core.jobs;

/**
 * Keys that each seal one message (envelope encryption): the key itself is used and forgotten, what
 * is kept beside the message is its wrapped form.
 *
 * <p>Both methods throw {@link dev.facet.core.faults.TransientFault} when the keys can't be had
 * now.
 */
public interface DataKeys {

  /**
   * A new key.
   *
   * @param context what it is for; needed to open it again
   */
  DataKey make(String context);

  /**
   * The key that was wrapped.
   *
   * @return 32 bytes
   * @throws dev.facet.core.faults.InternalFault if it is none of ours, or of another context
   */
  byte[] open(byte[] wrapped, String context);

  /**
   * A key and its wrapped form.
   *
   * @param key 32 bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; whoever made it forgets it
  record DataKey(byte[] key, byte[] wrapped) {
    @Override
    public String toString() {
      return "DataKey[]";
    }
  }
}
