package dev.facet.local.data;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON file that only its owner may read (mode 600). It is replaced atomically: a reader finds
 * the old content or the new, even after a crash.
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
      throw new UncheckedIOException("%s can't be read.".formatted(path), e);
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
    } catch (IOException e) {
      throw new UncheckedIOException("%s can't be written.".formatted(path), e);
    }
  }
}
