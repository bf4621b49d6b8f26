package dev.facet.local.dynamodb;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import com.almworks.sqlite4java.SQLiteQueue;
import java.io.File;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.local.shared.access.sqlite.AmazonDynamoDBOfflineSQLiteJob;

/**
 * The queue of DynamoDB Local's database thread, which leaves the connection usable after a job has
 * failed.
 *
 * <p>DynamoDB Local notes on its database thread that a transaction is open, and clears the note
 * only if the job that ends the transaction succeeds. After a failure (a full disk), all later
 * writes would run outside of any transaction, or within one that is never committed. This queue
 * clears the note when the ending job has failed. If another job of a transaction fails, SQLite's
 * transaction is rolled back and another one takes its place until DynamoDB Local ends it, so that
 * the rest of the failed transaction is not stored either.
 */
final class TransactionQueue extends SQLiteQueue {

  private final ThreadLocal<Boolean> ending = ThreadLocal.withInitial(() -> false);
  private volatile @Nullable SQLiteJob<?> end;
  private volatile boolean broken;
  private @Nullable SQLiteConnection connection;

  TransactionQueue(File database) {
    super(database);
  }

  /** Access to DynamoDB Local's note of an open transaction, on the database thread. */
  private abstract static class OpenTransaction extends AmazonDynamoDBOfflineSQLiteJob<Void> {
    static boolean exists() {
      return manualTransactionsEnabled.get();
    }

    static void forget() {
      manualTransactionsEnabled.set(false);
    }
  }

  /**
   * Runs a call that ends the open transaction by one job, and returns that job.
   *
   * @param call executes the job on this queue
   */
  SQLiteJob<?> ending(Runnable call) {
    ending.set(true);
    try {
      call.run();
    } finally {
      ending.remove();
    }
    SQLiteJob<?> job = end;
    if (job == null) {
      throw new IllegalStateException("The transaction was not ended.");
    }
    return job;
  }

  /**
   * Returns whether a job of the open transaction has failed, so that it must not be committed. The
   * thread that opened the transaction may ask.
   */
  boolean isBroken() {
    return broken;
  }

  /**
   * Waits for a job, also when the thread is interrupted: its outcome has to be known. DynamoDB
   * Local's jobs mistake an interruption for a failure if they are waited for without a limit.
   */
  static void await(SQLiteJob<?> job) throws ExecutionException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          job.get(1, TimeUnit.MINUTES);
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (TimeoutException slow) {
          // the disk is slow; the outcome is still to come
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  protected void initConnection(SQLiteConnection opened) throws SQLiteException {
    connection = opened;
    super.initConnection(opened);
  }

  private SQLiteConnection connection() {
    if (connection == null) {
      throw new IllegalStateException("The database is not open.");
    }
    return connection;
  }

  @Override
  public <T, J extends SQLiteJob<T>> J execute(J job) {
    if (ending.get()) {
      end = job;
    }
    return super.execute(job);
  }

  // the library's signature is raw; one job is meant, not one that equals it
  @Override
  @SuppressWarnings({"rawtypes", "ReferenceEquality"})
  protected void afterExecute(SQLiteJob job) throws Throwable {
    if (job == end) {
      broken = false;
    }
    super.afterExecute(job);
  }

  // the library's signature is raw; one job is meant, not one that equals it
  @Override
  @SuppressWarnings({"rawtypes", "ReferenceEquality"})
  protected void handleJobException(SQLiteJob job, Throwable failure) throws Throwable {
    super.handleJobException(job, failure);
    if (!OpenTransaction.exists()) {
      return;
    }
    if (job == end) {
      OpenTransaction.forget();
      broken = false;
    } else {
      broken = true;
      connection().exec("BEGIN");
    }
  }
}
