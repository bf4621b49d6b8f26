package dev.facet.core.keys;

/** Knows the IAM principals to which keys can be bound. */
public interface PrincipalDirectory {

  /**
   * The unique id of a principal (AIDA… or AROA…), which stays with it whatever it is called, and
   * which no later principal of the same name has.
   *
   * @param nameOrArn a user's name, or the ARN of a user or role
   * @throws dev.facet.core.faults.InvalidRequest if there is no such principal
   * @throws dev.facet.core.faults.TransientFault when it can't be found out now
   */
  String uniqueId(String nameOrArn);
}
