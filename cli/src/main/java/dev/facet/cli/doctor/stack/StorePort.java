package dev.facet.cli.doctor.stack;

import dev.facet.cli.doctor.NotReadable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;

/** Reads tables, buckets, keys and logs. Methods throw {@link NotReadable} if they cannot. */
public interface StorePort {

  /**
   * The recovery settings of a table.
   *
   * @param recoveryDays the days of its point-in-time recovery; empty if it is off
   */
  record TableRecovery(OptionalInt recoveryDays, boolean deletionProtection) {}

  /**
   * The settings by which a bucket forgets.
   *
   * @param versioned whether deleted objects are kept as versions
   * @param expirationDays the days after which objects are deleted; empty if never
   */
  record BucketRetention(boolean versioned, OptionalInt expirationDays) {}

  /** Returns the recovery settings of a table. */
  TableRecovery recovery(String table);

  /** Returns the retention of a bucket. */
  BucketRetention retention(String bucket);

  /** Returns whether a symmetric key is rotated yearly; empty for other kinds of keys. */
  Optional<Boolean> rotation(String key);

  /** Returns the log groups, of those named, that keep their logs for ever. */
  List<String> unlimitedLogs(List<String> logGroups);

  /**
   * Returns the galleries with enrolled photos that need another bundle: texts by bundle id.
   *
   * @param dataTable the data table, which is read as a whole
   */
  SortedMap<String, List<String>> galleriesWithoutBundle(String dataTable, Set<String> onBoard);

  /** Returns the attributes of a queue. */
  Map<String, String> queue(String url);
}
