package dev.facet.local.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON file that only its owner may read (mode 600). It is replaced atomically: a reader finds
 * the old content or the new, even after a crash. After a failed write the old content stays.
 *
 * @param <T> the type of the content
 */
public final class PrivateFile<T> {

  private final Path path;
  private final TypeReference<T> type;

  /** Creates a reference to a file, which need not exist yet. */
  public PrivateFile(Path path, TypeReference<T> type) {
    this.path = path;
    this.type = type;
  }

  /** Returns the content; empty if the file does not exist. */
  public Optional<T> read() {
    try {
      return Files.exists(path)
          ? Optional.of(Json.MAPPER.readValue(path.toFile(), type))
          : Optional.empty();
    } catch (IOException e) {
      throw new DataFolderUnusable(path, "it can't be read: " + reason(e), e);
    }
  }

  /** Replaces the content. The new content is on the disk before it takes the old one's place. */
  public synchronized void write(T content) {
    Path draft = path.resolveSibling(path.getFileName() + ".draft");
    try {
      Files.deleteIfExists(draft);
      try (FileChannel channel =
          FileChannel.open(
              draft,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        ByteBuffer bytes =
            ByteBuffer.wrap(
                Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncFolder();
    } catch (IOException e) {
      discard(draft);
      throw new DataFolderUnusable(path, "it can't be written: " + reason(e), e);
    }
  }

  /** Puts the file's new directory entry on the disk, where the platform can open directories. */
  private void syncFolder() throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static void discard(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException left) {
      // the next write replaces it
    }
  }

  /** Returns the operating system's words, or the place of a mistake in the JSON. */
  private static String reason(IOException e) {
    return switch (e) {
      case JsonProcessingException json -> "its JSON is damaged at line " + line(json);
      case AccessDeniedException denied -> "access is denied";
      case FileSystemException failed when failed.getReason() != null -> failed.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  private static int line(JsonProcessingException damaged) {
    return damaged.getLocation() == null ? 1 : damaged.getLocation().getLineNr();
  }
}
