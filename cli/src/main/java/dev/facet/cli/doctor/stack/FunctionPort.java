package dev.facet.cli.doctor.stack;

import dev.facet.cli.doctor.NotReadable;
import java.util.OptionalInt;

/** Reads Lambda functions. Methods throw {@link NotReadable} if that is not possible. */
public interface FunctionPort {

  /**
   * The account's quota in the Region.
   *
   * @param total the simultaneous executions that it allows
   */
  record Quota(int total) {}

  /**
   * The version behind an alias.
   *
   * @param state such as {@code Active} or {@code Inactive}
   * @param snapStart whether Lambda restores it from a snapshot
   * @param container whether the function is a container image, which needs no snapshot
   */
  record Version(String version, String state, boolean snapStart, boolean container) {}

  /** Returns the account's quota. */
  Quota quota();

  /** Returns the executions that are reserved for a function; empty if none. */
  OptionalInt reserved(String function);

  /**
   * Returns the executions that are provisioned for an alias; empty if none.
   *
   * @param alias the alias's ARN
   */
  OptionalInt provisioned(String alias);

  /**
   * Returns the version behind an alias.
   *
   * @param alias the alias's ARN
   */
  Version version(String alias);
}
