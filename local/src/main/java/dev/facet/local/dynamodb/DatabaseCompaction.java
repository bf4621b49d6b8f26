package dev.facet.local.dynamodb;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntSupplier;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteLibraryLoader;

/**
 * Removes erased bytes from the file of an {@link EmbeddedDynamo}. SQLite leaves the bytes of
 * deleted and replaced items in free space of its file until it is rewritten, which is possible
 * only while the database is closed: so it is done before the database starts and after it has
 * closed, if something was erased since the last time.
 */
public final class DatabaseCompaction implements AutoCloseable {

  private final Path database;
  private final Path request;

  private DatabaseCompaction(Path folder) {
    this.database = folder.resolve("facet.db");
    this.request = folder.resolve("compact");
  }

  /**
   * Rewrites the database of a folder if an earlier process requested it. Must be called before
   * {@link EmbeddedDynamo#start}.
   */
  public static DatabaseCompaction before(Path folder) {
    DatabaseCompaction compaction = new DatabaseCompaction(folder);
    compaction.close();
    return compaction;
  }

  /**
   * Runs an erasure, and requests that the database is rewritten if it erased something. The
   * request outlives the process.
   *
   * @param erasure returns the number of things that it erased
   */
  public void after(IntSupplier erasure) {
    boolean requested = Files.exists(request);
    try {
      if (!requested) {
        Files.createFile(request);
      }
      if (erasure.getAsInt() == 0 && !requested) {
        Files.deleteIfExists(request);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Rewrites the database if it was requested; the database must be closed. Where this fails, for
   * example for lack of room on the disk, the request remains for the next start.
   */
  @Override
  public void close() {
    if (!Files.exists(request)) {
      return;
    }
    try {
      if (Files.exists(database)) {
        rewrite();
      }
      Files.deleteIfExists(request);
    } catch (SQLiteException | IOException e) {
      System.getLogger(DatabaseCompaction.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "The database could not be rewritten: erased data is still in " + database,
              e);
    }
  }

  private void rewrite() throws SQLiteException {
    try {
      SQLiteLibraryLoader.initialize();
    } catch (Exception e) {
      throw new IllegalStateException("SQLite's native library can't be loaded.", e);
    }
    SQLiteConnection connection = new SQLiteConnection(database.toFile());
    try {
      connection.open(false);
      connection.exec("VACUUM");
    } finally {
      connection.dispose();
    }
  }
}
