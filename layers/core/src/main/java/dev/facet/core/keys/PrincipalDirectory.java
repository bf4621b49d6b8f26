package dev.facet.core.keys;

/** A directory of the IAM principals to which keys can be bound. */
public interface PrincipalDirectory {

  /**
   * Returns the unique id of a principal (AIDA… or AROA…). The id survives a renaming of the
   * principal and never passes to a later principal of the same name.
   *
   * @param nameOrArn a user's name, or the ARN of a user or role
   * @throws dev.facet.core.faults.CallerFault.InvalidRequest if the principal does not exist
   * @throws dev.facet.core.faults.TransientFault if the lookup cannot be done now
   */
  String uniqueId(String nameOrArn);
}
