package dev.facet.core.subjects;

import dev.facet.core.crypto.RandomText;
import java.util.random.RandomGenerator;

/**
 * Generates ids in NEC ID's form: a prefix and 24 random lower-case hex digits grouped 4-4-4-12,
 * such as {@code necidguid-fcdf-49eb-9182-5a6825ed2a3b}.
 */
public final class SubjectIds {

  /** The vendor's prefix, which is the default. */
  public static final String NEC_PREFIX = "necidguid-";

  private final String prefix;
  private final RandomGenerator random;

  /**
   * @param prefix the text before the digits: up to 32 ASCII letters, digits and dashes
   * @param random the source of 96 bits per id; cryptographic if ids must not be guessable
   */
  public SubjectIds(String prefix, RandomGenerator random) {
    if (!prefix.matches("[A-Za-z0-9-]{0,32}")) {
      throw new IllegalArgumentException("an id prefix is 0..32 letters, digits and dashes");
    }
    this.prefix = prefix;
    this.random = random;
  }

  /** Returns a new id. */
  public SubjectId next() {
    String hex = RandomText.hex(random, 12);
    return new SubjectId(
        "%s%s-%s-%s-%s"
            .formatted(
                prefix,
                hex.substring(0, 4),
                hex.substring(4, 8),
                hex.substring(8, 12),
                hex.substring(12)));
  }
}
