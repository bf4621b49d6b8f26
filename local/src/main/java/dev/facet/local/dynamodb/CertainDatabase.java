package dev.facet.local.dynamodb;

import com.almworks.sqlite4java.SQLiteQueue;
import java.io.File;
import java.util.concurrent.ExecutionException;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccess;
import software.amazon.dynamodb.services.local.shared.exceptions.LocalDBAccessException;
import software.amazon.dynamodb.services.local.shared.exceptions.LocalDBAccessExceptionType;

/**
 * DynamoDB Local's access to its database, with transactions whose outcome is certain: a
 * transaction returns when its commit has succeeded, and throws if the commit has failed.
 *
 * <p>DynamoDB Local itself returns when the commit is in the queue of its one database thread. The
 * commit may still fail there, or the process be killed. If a transaction can't begin, DynamoDB
 * Local moreover keeps the lock under which transactions run, so that every later request hangs.
 */
final class CertainDatabase extends SQLiteDBAccess {

  private final TransactionQueue jobs;

  /** Set for a thread whose last commit has failed: DynamoDB Local rolls it back once more. */
  private final ThreadLocal<Boolean> ended = ThreadLocal.withInitial(() -> false);

  /**
   * Opens the database.
   *
   * @param file the database's file, which need not exist
   */
  CertainDatabase(File file) {
    super(file);
    stop(queue);
    jobs = new TransactionQueue(file);
    jobs.start();
    queue = jobs;
  }

  private static void stop(SQLiteQueue queue) {
    try {
      queue.stop(true).join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The database's thread did not end: interrupted.", e);
    }
  }

  /** Returns the queue of the database thread. */
  TransactionQueue jobs() {
    return jobs;
  }

  @Override
  public byte[] beginTransaction(String id) {
    ended.remove();
    try {
      return super.beginTransaction(id);
    } catch (RuntimeException notBegun) {
      rollbackTransaction();
      throw notBegun;
    }
  }

  @Override
  public void commitTransaction(String id, byte[] signature) {
    if (jobs.isBroken()) {
      throw failure("A write of the transaction failed.");
    }
    try {
      TransactionQueue.await(jobs.ending(() -> super.commitTransaction(id, signature)));
    } catch (ExecutionException notCommitted) {
      ended.set(true);
      throw failure("The commit failed: " + notCommitted.getCause());
    }
  }

  @Override
  public void rollbackTransaction() {
    if (!ended.get()) {
      var _ = jobs.ending(super::rollbackTransaction);
    }
  }

  /** Closes the database and waits until its file is closed. */
  @Override
  public void close() {
    super.close();
    stop(jobs);
  }

  private static LocalDBAccessException failure(String message) {
    return new LocalDBAccessException(LocalDBAccessExceptionType.UNEXPECTED_EXCEPTION, message);
  }
}
