package dev.facet.local.http;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names under which a server on the loopback address may be called. A page of another site can
 * let its own name resolve to this machine (DNS rebinding); its requests carry that name in the
 * header {@code Host} and are refused.
 */
public final class AllowedHosts {

  /** The names of the loopback address alone. */
  public static final AllowedHosts LOOPBACK = new AllowedHosts(Set.of());

  /** Every name, for a server whose callers must sign the header. */
  static final AllowedHosts ANY = new AllowedHosts(Set.of(), true);

  private static final Pattern LOOPBACK_NAME =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
  private static final Pattern PORT = Pattern.compile(":\\d*$");

  private final Set<String> names;
  private final boolean any;

  /**
   * @param names further names, without ports; case-insensitive
   */
  public AllowedHosts(Collection<String> names) {
    this(names, false);
  }

  private AllowedHosts(Collection<String> names, boolean any) {
    this.any = any;
    this.names =
        names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /** Returns whether a request is for an allowed name, with or without a port, or for none. */
  boolean allow(RawRequest head) {
    return any || head.all("host").stream().allMatch(this::isAllowed);
  }

  private boolean isAllowed(String host) {
    String name = PORT.matcher(host.strip().toLowerCase(Locale.ROOT)).replaceFirst("");
    return LOOPBACK_NAME.matcher(name).matches() || names.contains(name);
  }
}
