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
 * A folder that one process at a time may use; others can't read it. The lock is the operating
 * system's, so it goes with the process however that ends.
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
   * Opens a folder, making it if there is none.
   *
   * @throws DataFolderInUse if another service has it open
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

  /** The folder itself. */
  public Path root() {
    return root;
  }

  /** A place within the folder. */
  public Path file(String name) {
    return root.resolve(name);
  }

  /** A folder within the folder, made if there is none. */
  public Path folder(String name) {
    try {
      return Files.createDirectories(root.resolve(name), OWNER_ONLY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets others open the folder. */
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
