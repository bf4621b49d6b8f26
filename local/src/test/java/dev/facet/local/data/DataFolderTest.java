package dev.facet.local.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.facet.core.faults.StorageUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  @TempDir private Path folder;

  @Test
  void one_service_at_a_time_has_the_folder() {
    Path root = folder.resolve("new/data");
    try (DataFolder first = DataFolder.open(root)) {
      assertThat(first.folder("s3")).isDirectory();
      assertThatThrownBy(() -> DataFolder.open(root))
          .isInstanceOf(DataFolderInUse.class)
          .hasMessage("The data folder %s is in use by another service.", root);
    }
    DataFolder.open(root).close();
  }

  @Test
  void a_folder_that_was_replaced_accepts_no_writes_and_its_successor_does() throws IOException {
    Path root = folder.resolve("data");
    try (DataFolder first = DataFolder.open(root)) {
      first.requireWritable();
      Files.move(root, folder.resolve("elsewhere"));
      assertThat(first.isPresent()).isFalse();
      try (DataFolder second = DataFolder.open(root)) {
        second.requireWritable();
        assertThatThrownBy(first::requireWritable)
            .isInstanceOf(StorageUnavailable.class)
            .hasMessage(
                "The data folder %s was removed or replaced; start the service again.", root);
        assertThatThrownBy(first::requirePresent).isInstanceOf(StorageUnavailable.class);
      }
    }
  }

  @Test
  void writes_need_64_MB() {
    AtomicLong free = new AtomicLong(64L << 20);
    try (DataFolder data = DataFolder.open(folder.resolve("data"), root -> free.get())) {
      data.requireWritable();
      free.decrementAndGet();
      assertThatThrownBy(data::requireWritable)
          .isInstanceOf(StorageUnavailable.class)
          .hasMessage(
              "The file system of the data folder %s has 63 MB free, and writes need 64 MB;"
                  + " make room there.",
              data.root());
      data.requirePresent();
    }
  }

  @Test
  void nobody_else_may_look_into_the_folder() throws IOException {
    Path root = folder.resolve("data");
    try (DataFolder open = DataFolder.open(root)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
          .isEqualTo("rwx------");
      assertThat(open.file("x")).isEqualTo(root.resolve("x"));
    }
  }

  @Test
  void a_private_file_is_replaced_as_a_whole_and_readable_by_its_owner_only() throws IOException {
    Path path = folder.resolve("list.json");
    PrivateFile<List<String>> file = new PrivateFile<>(path, new TypeReference<>() {});
    assertThat(file.read()).isEmpty();
    file.write(List.of("a"));
    file.write(List.of("b", "c"));
    assertThat(file.read()).hasValue(List.of("b", "c"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(path);
    }
  }

  @Test
  void what_a_crash_left_of_a_draft_does_no_harm() throws IOException {
    Path path = folder.resolve("list.json");
    Files.writeString(folder.resolve("list.json.draft"), "[\"half");
    PrivateFile<List<String>> file = new PrivateFile<>(path, new TypeReference<>() {});
    assertThat(file.read()).isEmpty();
    file.write(List.of("whole"));
    assertThat(file.read()).hasValue(List.of("whole"));
  }
}
