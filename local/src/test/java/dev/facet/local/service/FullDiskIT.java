package dev.facet.local.service;

import static dev.facet.core.fakes.FakeFaces.photo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.facet.local.service.ServiceFixture.Caller;
import dev.facet.local.service.ServiceFixture.Caller.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service whose disk fills up; checks/disk/run does the same to a process that it kills. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class FullDiskIT {

  private static final int WRITERS = 8;
  private static final long SHORT = 32L << 20;

  @TempDir private Path folder;
  private SmallDisk disk;

  @BeforeEach
  void mount() {
    assumeThat(SmallDisk.canBeMounted())
        .as("mounting a small file system takes root: run checks/disk/run as root instead")
        .isTrue();
    disk = SmallDisk.mount(folder, 128);
  }

  @AfterEach
  void unmount() {
    if (disk != null) {
      disk.close();
    }
  }

  @Test
  void writes_are_refused_by_name_and_go_on_when_there_is_room() {
    Path data = disk.root().resolve("data");
    try (ServiceFixture service =
        ServiceFixture.start(ServiceFixture.options(data, true, false), ServiceFixture.fakes())) {
      NodePeople people = new NodePeople(service.credentials());
      Caller caller = service.caller();
      assertThat(people.enrol("ann", 1).status()).isEqualTo(200);
      String bob = caller.register(photo("bob/1")).id();

      disk.fill(SHORT);
      for (Reply refused :
          List.of(
              people.enrol("cid", 1),
              caller.register(photo("dan/1")),
              caller.update(bob, photo("bob/1")),
              caller.delete(bob))) {
        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.body().path("message").asText())
            .contains(data.toString(), "writes need 64 MB");
      }
      assertThat(people.known("ann")).isEqualTo(1);
      assertThat(caller.verify(bob, photo("bob/1")).status()).isEqualTo(200);
      assertThat(caller.send("GET", "/v1/health", "").status()).isEqualTo(200);

      disk.free();
      assertThat(people.enrol("cid", 1).status()).isEqualTo(200);
      assertThat(caller.delete(bob).status()).isEqualTo(204);
    }
  }

  @Test
  void what_was_acknowledged_while_the_disk_filled_is_found_again() throws Exception {
    Path data = disk.root().resolve("data");
    Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    AtomicInteger refused = new AtomicInteger();
    try (ServiceFixture service = ServiceFixture.start(data)) {
      NodePeople people = new NodePeople(service.credentials());
      assertThat(people.enrol("first", 1).status()).isEqualTo(200);
      try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
        for (int writer = 0; writer < WRITERS; writer++) {
          String name = "w" + writer + "-";
          writers.submit(
              () -> {
                for (int i = 0; refused.get() < 3 * WRITERS; i++) {
                  if (people.enrol(name + i, 1).status() == 200) {
                    acknowledged.add(name + i);
                  } else {
                    refused.incrementAndGet();
                  }
                }
              });
        }
        disk.fill(0);
      }
      assertThat(people.known("first")).isEqualTo(1);
      disk.free();
      assertThat(people.enrol("last", 1).status()).isEqualTo(200);
      acknowledged.add("last");
      assertThat(lost(people, acknowledged)).isEmpty();
    }
    try (ServiceFixture service = ServiceFixture.start(data)) {
      assertThat(lost(new NodePeople(service.credentials()), acknowledged)).isEmpty();
    }
  }

  private static List<String> lost(NodePeople people, Queue<String> acknowledged) {
    List<String> lost = new ArrayList<>();
    for (String person : acknowledged) {
      if (people.known(person) != 1) {
        lost.add(person);
      }
    }
    return lost;
  }
}
