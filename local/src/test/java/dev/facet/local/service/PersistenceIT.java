package dev.facet.local.service;

import static dev.facet.core.fakes.FakeFaces.photo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.local.service.ServiceFixture.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service leaves on the disk, and finds there again. */
class PersistenceIT {

  @TempDir private Path data;

  @Test
  void a_second_start_finds_everything_again() throws Exception {
    Credentials first;
    String id;
    try (ServiceFixture service =
        ServiceFixture.start(ServiceFixture.options(data, true, true), ServiceFixture.fakes())) {
      first = service.credentials();
      Caller caller = service.caller();
      id = caller.register(photo("ann/1")).id();
      String gone = caller.register(photo("bob/1")).id();
      assertThat(caller.delete(gone).status()).isEqualTo(204);
      assertThat(images()).containsExactly("ann/1");
      assertThat(caller.update(id, photo("ann/2")).status()).isEqualTo(200);
      assertThat(images()).containsExactly("ann/2");
    }
    try (ServiceFixture service = ServiceFixture.start(data)) {
      assertThat(service.credentials()).isEqualTo(at(service.credentials().endpoint(), first));
      Caller caller = service.caller();
      assertThat(caller.verify(id, photo("ann/3")).status()).isEqualTo(200);
      assertThat(caller.search(photo("bob/2")).status()).isEqualTo(404);
      assertThat(caller.register(photo("cid/1")).status()).isEqualTo(201);
      assertThat(images()).containsExactly("ann/2");
      assertThat(caller.delete(id).status()).isEqualTo(204);
      assertThat(images()).isEmpty();
    }
  }

  private static Credentials at(String endpoint, Credentials c) {
    return new Credentials(endpoint, c.region(), c.accessKeyId(), c.secretAccessKey(), c.apiKey());
  }

  private List<String> images() throws IOException {
    try (Stream<Path> files = files(data.resolve("s3")).stream()) {
      return files.map(PersistenceIT::text).toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }
}
