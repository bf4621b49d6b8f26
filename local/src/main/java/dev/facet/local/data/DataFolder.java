package dev.facet.local.data;

import dev.facet.core.faults.StorageUnavailable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A folder that one process at a time may use, and only its owner can read. The operating system
 * holds the lock, so the lock ends with the process, even after a crash.
 *
 * <p>The lock belongs to a file, not to a path: whoever removes the folder and makes another one at
 * its path can lock that. Therefore writes ask {@link #requireWritable} before they begin and
 * {@link #requirePresent} before they are acknowledged. Safe for concurrent use.
 */
public final class DataFolder implements AutoCloseable {

  /** The space that writes leave free: more than the databases need to complete those begun. */
  public static final long MIN_FREE_BYTES = 64L << 20;

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final String LOCK = "lock";

  private final Path root;
  private final FileChannel lock;
  private final @Nullable Object identity;
  private final ToLongFunction<Path> usableSpace;

  private DataFolder(
      Path root, FileChannel lock, @Nullable Object identity, ToLongFunction<Path> usableSpace) {
    this.root = root;
    this.lock = lock;
    this.identity = identity;
    this.usableSpace = usableSpace;
  }

  /**
   * Opens a folder, creating it if it does not exist.
   *
   * @throws DataFolderInUse if it is already open, here or in another process
   * @throws DataFolderUnusable if it can't be created or written
   */
  public static DataFolder open(Path root) {
    return open(root, folder -> folder.toFile().getUsableSpace());
  }

  /**
   * Opens a folder.
   *
   * @param usableSpace returns the bytes that may still be written to a folder's file system
   */
  static DataFolder open(Path root, ToLongFunction<Path> usableSpace) {
    try {
      Files.createDirectories(root, OWNER_ONLY);
      Path file = root.resolve(LOCK);
      if (Files.notExists(file)) {
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
      }
      Object identity = identity(file);
      FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
      try {
        if (tryLock(channel) == null || !Objects.equals(identity, identity(file))) {
          throw new DataFolderInUse(root);
        }
        return new DataFolder(root, channel, identity, usableSpace);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new DataFolderUnusable(root, reason(root, e), e);
    }
  }

  private static String reason(Path root, IOException e) {
    if (Files.exists(root) && !Files.isDirectory(root)) {
      return "it is not a folder";
    }
    return switch (e) {
      case AccessDeniedException denied -> "access to %s is denied".formatted(denied.getFile());
      case FileAlreadyExistsException file -> "%s is not a folder".formatted(file.getFile());
      case FileSystemException failed when failed.getReason() != null -> failed.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  /** Returns what identifies a file, whatever happens to its path. */
  private static @Nullable Object identity(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /** Returns the folder itself. */
  public Path root() {
    return root;
  }

  /** Returns a path within the folder. */
  public Path file(String name) {
    return root.resolve(name);
  }

  /** Returns a subfolder, creating it if it does not exist. */
  public Path folder(String name) {
    Path folder = root.resolve(name);
    try {
      return Files.createDirectories(folder, OWNER_ONLY);
    } catch (IOException e) {
      throw new DataFolderUnusable(folder, reason(folder, e), e);
    }
  }

  /** Returns whether the folder is still the one that was opened, at its path. */
  public boolean isPresent() {
    try {
      return Objects.equals(identity, identity(root.resolve(LOCK)));
    } catch (IOException removed) {
      return false;
    }
  }

  /**
   * Returns if the folder is still the one that was opened.
   *
   * @throws StorageUnavailable if it was removed or replaced
   */
  public void requirePresent() {
    if (!isPresent()) {
      throw new StorageUnavailable(lost());
    }
  }

  /** Returns the message for a folder that was removed. */
  public String lost() {
    return "The data folder %s was removed or replaced; start the service again.".formatted(root);
  }

  /**
   * Returns if the folder accepts writes.
   *
   * @throws StorageUnavailable if it was removed or replaced, or its file system is nearly full
   */
  public void requireWritable() {
    requirePresent();
    long free = usableSpace.applyAsLong(root);
    if (free < MIN_FREE_BYTES) {
      throw new StorageUnavailable(
          "The file system of the data folder %s has %d MB free, and writes need %d MB; make room there."
              .formatted(root, free >> 20, MIN_FREE_BYTES >> 20));
    }
  }

  /** Releases the folder for other processes. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new DataFolderUnusable(root, reason(root, e), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException inThisProcess) {
      return null;
    }
  }
}
