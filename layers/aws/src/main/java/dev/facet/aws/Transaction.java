package dev.facet.aws;

import dev.facet.core.faults.InternalFault;
import dev.facet.core.gallery.Commit;
import dev.facet.core.gallery.CommitOutcome;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.Write;
import dev.facet.core.gallery.WriteSize;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * A commit as a DynamoDB transaction: its items, and the interpretation of failed conditions.
 * DynamoDB gives one cancellation reason per item, in the order of the items.
 */
final class Transaction {

  /** The role of an item in the transaction. */
  private sealed interface Role {
    /** The head, the log entry, the note of templates to erase, or the entry of the ledger. */
    record Log() implements Role {}

    /** An operation's record. */
    record Done() implements Role {}

    /** A subject, written on condition that the record which the plan read is stored. */
    record Subject() implements Role {}

    /** A companion of an operation's write. */
    record Companion(OperationId of) implements Role {}
  }

  private final List<TransactWriteItem> items = new ArrayList<>();
  private final List<Role> roles = new ArrayList<>();

  /**
   * @param tables the data table and the deletion ledger
   * @param now the time from which expired operations count as absent
   */
  Transaction(Tables tables, Commit commit, Instant now) {
    String table = tables.data();
    GalleryId gallery = commit.gallery();
    add(new Role.Log(), item(LogItems.moveHead(table, commit)));
    add(new Role.Log(), item(LogItems.entry(table, gallery, commit.entry())));
    commit
        .erasure()
        .ifPresent(note -> add(new Role.Log(), item(put(table, LogErasureItems.write(note)))));
    commit
        .deletion()
        .ifPresent(
            entry -> add(new Role.Log(), item(put(tables.ledger(), DeletionItems.write(entry)))));
    commit.writes().forEach(write -> add(table, gallery, write, commit.reached().seq(), now));
  }

  private Transaction() {}

  private void add(String table, GalleryId gallery, Write write, long committed, Instant now) {
    Operation operation = write.operation();
    add(new Role.Done(), item(OperationItems.add(table, gallery.application(), operation, now)));
    write
        .effects()
        .forEach(
            effect ->
                add(new Role.Subject(), SubjectItems.apply(table, gallery, effect, committed)));
    write
        .companions()
        .forEach(
            companion -> add(new Role.Companion(operation.id()), item(table, gallery, companion)));
  }

  /** Returns the size that a write adds to a transaction, at most. */
  static WriteSize size(String table, GalleryId gallery, Write write) {
    Transaction alone = new Transaction();
    alone.add(table, gallery, write, Long.MAX_VALUE, Instant.EPOCH);
    long entry = LogItems.size(write.effects().stream().map(Write.Effect::change).toList());
    LongSummaryStatistics items =
        alone.items.stream().mapToLong(Transaction::size).summaryStatistics();
    return new WriteSize(
        alone.items.size(), entry, entry + items.getSum(), Math.max(0, items.getMax()));
  }

  /** Returns the size of the item that is put, or of the key and values of another change. */
  private static long size(TransactWriteItem item) {
    if (item.put() != null) {
      return ItemSize.of(item.put().item());
    }
    return item.delete() == null
        ? ItemSize.of(item.update().key()) + ItemSize.of(item.update().expressionAttributeValues())
        : ItemSize.of(item.delete().key());
  }

  private void add(Role role, TransactWriteItem item) {
    roles.add(role);
    items.add(item);
  }

  private static TransactWriteItem item(
      String table, GalleryId gallery, Write.Companion companion) {
    return switch (companion) {
      case Write.Keep(var erasure) ->
          item(
              Delete.builder()
                  .tableName(table)
                  .key(ErasureItems.key(erasure))
                  .conditionExpression("attribute_exists(pk)")
                  .build());
      case Write.Erase(var erasure) -> item(put(table, ErasureItems.write(erasure)));
      case Write.Bind(var identifier) -> IdentifierItems.bind(table, identifier);
      case Write.RecordBundle(var bundle) ->
          item(ImageGalleryItems.add(table, gallery.application(), bundle));
    };
  }

  private static Put put(String table, Map<String, AttributeValue> item) {
    return Put.builder().tableName(table).item(item).build();
  }

  private static TransactWriteItem item(Put put) {
    return TransactWriteItem.builder().put(put).build();
  }

  private static TransactWriteItem item(Update update) {
    return TransactWriteItem.builder().update(update).build();
  }

  private static TransactWriteItem item(Delete delete) {
    return TransactWriteItem.builder().delete(delete).build();
  }

  /** Returns the items, at most 100. */
  List<TransactWriteItem> items() {
    return items;
  }

  /**
   * Returns the outcome of a cancelled transaction.
   *
   * @throws dev.facet.core.faults.TransientFault if DynamoDB throttled it
   */
  CommitOutcome outcome(TransactionCanceledException cancelled) {
    Map<OperationId, Operation> done = new HashMap<>();
    Set<OperationId> failed = new HashSet<>();
    boolean moved = false;
    boolean throttled = false;
    List<CancellationReason> reasons = cancelled.cancellationReasons();
    for (int i = 0; i < reasons.size(); i++) {
      CancellationReason reason = reasons.get(i);
      switch (reason.code()) {
        case "None" -> {}
        case "ConditionalCheckFailed" -> {
          switch (roles.get(i)) {
            case Role.Done() -> {
              Operation operation = OperationItems.from(reason.item());
              done.put(operation.id(), operation);
            }
            case Role.Companion(var of) -> failed.add(of);
            case Role.Log(), Role.Subject() -> moved = true;
          }
        }
        case "TransactionConflict" -> moved = true;
        case "ThrottlingError", "ProvisionedThroughputExceeded" -> throttled = true;
        default ->
            throw new InternalFault("a transaction was refused: " + reason.code(), cancelled);
      }
    }
    if (!done.isEmpty()) {
      return new CommitOutcome.OperationsDone(done);
    }
    if (moved) {
      return new CommitOutcome.HeadMoved();
    }
    if (throttled) {
      throw AwsFaults.throttled(cancelled);
    }
    return new CommitOutcome.ConditionFailed(failed);
  }
}
