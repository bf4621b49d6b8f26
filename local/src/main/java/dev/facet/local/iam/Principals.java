package dev.facet.local.iam;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.facet.local.data.PrivateFile;
import dev.facet.local.sigv4.SigningCredentials;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The principals of a local service, in a file that only its owner may read. */
public final class Principals {

  private final PrivateFile<List<Entry>> file;
  private final Map<String, Principal> byAccessKey = new ConcurrentHashMap<>();

  /** A principal in the format of the file. */
  private record Entry(
      String accessKeyId,
      String secretAccessKey,
      @Nullable String sessionToken,
      String arn,
      String uniqueId,
      @Nullable List<String> allow) {

    static Entry of(Principal principal) {
      SigningCredentials credentials = principal.credentials();
      return new Entry(
          credentials.accessKeyId(),
          credentials.secretAccessKey(),
          credentials.sessionToken(),
          principal.arn(),
          principal.uniqueId(),
          principal.allow());
    }

    Principal principal() {
      return new Principal(
          new SigningCredentials(accessKeyId, secretAccessKey, sessionToken), arn, uniqueId, allow);
    }
  }

  /** Reads the principals of a file, which need not exist yet. */
  public Principals(Path path) {
    file = new PrivateFile<>(path, new TypeReference<>() {});
    file.read().orElse(List.of()).stream().map(Entry::principal).forEach(this::remember);
  }

  /** Finds the owner of an access key. */
  public Optional<Principal> find(String accessKeyId) {
    return Optional.ofNullable(byAccessKey.get(accessKeyId));
  }

  /** Adds a principal, or replaces the one with the same access key. */
  public synchronized void put(Principal principal) {
    remember(principal);
    write();
  }

  /** Returns all principals, in no order. */
  List<Principal> list() {
    return List.copyOf(byAccessKey.values());
  }

  /** Removes a principal. */
  synchronized void remove(Principal principal) {
    byAccessKey.remove(principal.credentials().accessKeyId());
    write();
  }

  private void write() {
    file.write(list().stream().map(Entry::of).toList());
  }

  private void remember(Principal principal) {
    byAccessKey.put(principal.credentials().accessKeyId(), principal);
  }
}
