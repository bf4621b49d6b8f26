package dev.facet.cli.doctor.stack;

import dev.facet.cli.doctor.NotReadable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a REST API. Methods throw {@link NotReadable} if that is not possible. */
public interface ApiPort {

  /**
   * A method of a path.
   *
   * @param httpMethod in upper case
   * @param authorization such as {@code AWS_IAM} or {@code NONE}
   * @param keyRequired whether requests must carry an API key
   */
  record Method(String httpMethod, String path, String authorization, boolean keyRequired) {}

  /**
   * The connection settings of an API.
   *
   * @param securityPolicy the policy of TLS versions and ciphers; null for the Region's default
   * @param accessMode the endpoint access mode; null if unset
   * @param ownEndpointDisabled whether the API answers under custom domain names alone
   */
  record Connections(
      @Nullable String securityPolicy, @Nullable String accessMode, boolean ownEndpointDisabled) {}

  /** Returns all methods of an API. */
  List<Method> methods(String restApi);

  /** Returns the connection settings of an API. */
  Connections connections(String restApi);

  /** Returns the security policies of custom domain names. */
  List<String> domainPolicies(List<String> domainNames);
}
