package dev.facet.local.administration;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.erasure.ApplicationContents;
import dev.facet.local.dynamodb.DatabaseCompaction;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The contents of a data folder. Erased items stay in free space of the database's file until it is
 * rewritten, which each erasure requests. There are no backups.
 *
 * @param contents the items and objects
 * @param compaction rewrites the file when the database is closed
 */
record LocalContents(ApplicationContents contents, DatabaseCompaction compaction)
    implements ApplicationContents {

  @Override
  public Stream<Content> list(ApplicationId application, Set<UUID> keys) {
    return contents.list(application, keys);
  }

  @Override
  public void erase(List<Content> erased) {
    compaction.after(
        () -> {
          contents.erase(erased);
          return erased.size();
        });
  }

  @Override
  public OptionalInt recoveryDays() {
    return OptionalInt.empty();
  }
}
