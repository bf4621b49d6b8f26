package dev.facet.local.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder that one process at a time may use, and only its owner can read. The operating system
 * holds the lock, so the lock ends with the process, even after a crash.
 */
public final class DataFolder implements AutoCloseable {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path root;
  private final FileChannel lock;

  private DataFolder(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Opens a folder, creating it if it does not exist.
   *
   * @throws DataFolderInUse if it is already open, here or in another process
   */
  public static DataFolder open(Path root) {
    try {
      Files.createDirectories(root, OWNER_ONLY);
      FileChannel channel =
          FileChannel.open(
              root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new DataFolderInUse(root);
      }
      return new DataFolder(root, channel);
    } catch (IOException e) {
      throw new UncheckedIOException("The data folder %s can't be opened.".formatted(root), e);
    }
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
    try {
      return Files.createDirectories(root.resolve(name), OWNER_ONLY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Releases the folder for other processes. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
