package dev.facet.aws;

import dev.facet.core.faults.InternalFault;
import dev.facet.core.gallery.Commit;
import dev.facet.core.gallery.CommitOutcome;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.Write;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
    /** The head, the log entry, or the note of templates to erase. */
    record Log() implements Role {}

    /** An operation's record. */
    record Done() implements Role {}

    /** A subject, written on condition that the record which the plan read is stored. */
    record Subject() implements Role {}

    /** A companion of an operation's write. */
    record Companion(OperationId of) implements Role {}
  }

  private final String table;
  private final List<TransactWriteItem> items = new ArrayList<>();
  private final List<Role> roles = new ArrayList<>();

  /**
   * @param table the data table
   * @param now the time from which expired operations count as absent
   */
  Transaction(String table, Commit commit, Instant now) {
    this.table = table;
    GalleryId gallery = commit.gallery();
    add(new Role.Log(), item(LogItems.moveHead(table, commit)));
    add(new Role.Log(), item(LogItems.entry(table, gallery, commit.entry())));
    commit.erasure().ifPresent(note -> add(new Role.Log(), item(put(LogErasureItems.write(note)))));
    for (Write write : commit.writes()) {
      Operation operation = write.operation();
      add(new Role.Done(), item(OperationItems.add(table, gallery.application(), operation, now)));
      write
          .effects()
          .forEach(
              effect ->
                  add(
                      new Role.Subject(),
                      SubjectItems.apply(table, gallery, effect, commit.reached().seq())));
      write
          .companions()
          .forEach(companion -> add(new Role.Companion(operation.id()), item(companion)));
    }
  }

  private void add(Role role, TransactWriteItem item) {
    roles.add(role);
    items.add(item);
  }

  private TransactWriteItem item(Write.Companion companion) {
    return switch (companion) {
      case Write.Keep(var erasure) ->
          item(
              Delete.builder()
                  .tableName(table)
                  .key(ErasureItems.key(erasure))
                  .conditionExpression("attribute_exists(pk)")
                  .build());
      case Write.Erase(var erasure) -> item(put(ErasureItems.write(erasure)));
      case Write.Bind(var identifier) -> IdentifierItems.bind(table, identifier);
    };
  }

  private Put put(Map<String, AttributeValue> item) {
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
