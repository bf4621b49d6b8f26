package dev.facet.core.gallery;

/**
 * The size of a write as its store keeps it. The sizes of the writes of a commit add up.
 *
 * @param items the stored items that the write touches, without those of the commit itself
 * @param entryBytes the bytes that the write adds to the log entry
 * @param totalBytes the bytes that it adds to the transaction, those of the log entry included
 * @param largestItem the bytes of its largest item, without the log entry
 */
public record WriteSize(int items, long entryBytes, long totalBytes, long largestItem) {

  /** The size of nothing. */
  public static final WriteSize NONE = new WriteSize(0, 0, 0, 0);

  /**
   * The maximum number of items of a transaction, 100, less the head, the log entry, the note of
   * templates to erase and the entry of the deletion ledger.
   */
  public static final int MAX_ITEMS = 96;

  /** The maximum size of a log entry's changes: an item is limited to 400 KB. */
  public static final long MAX_ENTRY_BYTES = 350 << 10;

  /** The maximum size of a transaction, 4 MB, less 64 KB for the items of the commit itself. */
  public static final long MAX_TOTAL_BYTES = (4 << 20) - (64 << 10);

  /** The maximum size of any item. */
  public static final long MAX_ITEM_BYTES = 400 << 10;

  /** Returns the size of two writes that share a commit. */
  public WriteSize plus(WriteSize other) {
    return new WriteSize(
        items + other.items,
        entryBytes + other.entryBytes,
        totalBytes + other.totalBytes,
        Math.max(largestItem, other.largestItem));
  }

  /** Returns whether one commit can hold this much. */
  public boolean fits() {
    return items <= MAX_ITEMS
        && entryBytes <= MAX_ENTRY_BYTES
        && totalBytes <= MAX_TOTAL_BYTES
        && largestItem <= MAX_ITEM_BYTES;
  }
}
