package dev.facet.local.iam;

import dev.facet.core.crypto.RandomText;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.keys.PrincipalDirectory;
import dev.facet.local.sigv4.SigningCredentials;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Creates and deletes users with one access key each, in IAM's formats. */
public final class Users implements PrincipalDirectory {

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9+=,.@_-]{1,64}");

  private final Principals principals;
  private final String account;
  private final RandomGenerator random;

  /**
   * @param principals stores the users
   * @param account the account of the users
   * @param random a cryptographic source
   */
  public Users(Principals principals, String account, RandomGenerator random) {
    this.principals = principals;
    this.account = account;
    this.random = random;
  }

  /**
   * Creates a user that may invoke everything.
   *
   * @throws InvalidRequest if the name is taken, or is not valid in IAM
   */
  public synchronized Principal create(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidRequest("name must be 1 to 64 letters, digits or +=,.@_-.");
    }
    if (find(name).isPresent()) {
      throw new InvalidRequest("Principal %s already exists.".formatted(name));
    }
    Principal user =
        Principal.user(
            new SigningCredentials(
                "AKIA" + RandomText.of(BASE32, random, 16), RandomText.base62(random, 40), null),
            account,
            name,
            "AIDA" + RandomText.of(BASE32, random, 17));
    principals.put(user);
    return user;
  }

  /** Returns all principals, sorted by ARN. */
  public List<Principal> list() {
    return principals.list().stream().sorted(Comparator.comparing(Principal::arn)).toList();
  }

  /**
   * Deletes a principal, so that requests that it signs are refused from now on.
   *
   * @throws InvalidRequest if it does not exist
   */
  public synchronized void delete(String nameOrArn) {
    principals.remove(get(nameOrArn));
  }

  @Override
  public String uniqueId(String nameOrArn) {
    return get(nameOrArn).uniqueId().split(":", 2)[0];
  }

  private Principal get(String nameOrArn) {
    return find(nameOrArn)
        .orElseThrow(() -> new InvalidRequest("There is no principal %s.".formatted(nameOrArn)));
  }

  private Optional<Principal> find(String nameOrArn) {
    return principals.list().stream()
        .filter(
            principal ->
                principal.arn().equals(nameOrArn) || principal.arn().endsWith(":user/" + nameOrArn))
        .findFirst();
  }
}
