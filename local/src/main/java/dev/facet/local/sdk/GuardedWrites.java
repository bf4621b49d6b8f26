package dev.facet.local.sdk;

import dev.facet.local.data.DataFolder;
import java.util.List;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/**
 * Makes the client of an embedded store refuse writes while the store's data folder accepts none.
 *
 * <p>Requests that are not known to read count as writes. Deletions of objects are admitted on a
 * full disk, because they make room.
 */
public final class GuardedWrites {

  private static final List<String> READS =
      List.of(
          "Get",
          "BatchGet",
          "TransactGet",
          "Query",
          "Scan",
          "Describe",
          "List",
          "Head",
          "DeleteObject");

  private GuardedWrites() {}

  /**
   * Returns a client whose writes throw {@link dev.facet.core.faults.StorageUnavailable} if the
   * folder is nearly full, or was removed before the write was acknowledged.
   *
   * @param type the client's interface
   */
  public static <C> C on(Class<C> type, C client, DataFolder data) {
    return ClientProxy.around(
        type,
        client,
        (request, next) -> {
          if (reads(request)) {
            return next.send(request);
          }
          data.requireWritable();
          SdkResponse response = next.send(request);
          data.requirePresent();
          return response;
        });
  }

  private static boolean reads(SdkRequest request) {
    String name = request.getClass().getSimpleName();
    return READS.stream().anyMatch(name::startsWith);
  }
}
