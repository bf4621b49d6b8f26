package dev.facet.local.service;

import static dev.facet.core.fakes.FakeFaces.photo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.local.SignedClient;
import dev.facet.local.data.DataFolderInUse;
import dev.facet.local.service.ServiceFixture.Caller;
import dev.facet.local.service.ServiceFixture.Caller.Reply;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One running service, called over HTTP; its faces are made of text. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalServiceIT {

  private Path folder;
  private ServiceFixture service;
  private Caller caller;

  @BeforeAll
  void start(@TempDir Path temporary) {
    folder = temporary;
    service = ServiceFixture.start(folder.resolve("data"));
    caller = service.caller();
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void a_person_is_registered_found_verified_updated_and_deleted() {
    Reply registered = caller.register(photo("ann/1"));
    assertThat(registered.status()).isEqualTo(201);
    String id = registered.id();
    assertThat(id).matches("necidguid-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    Reply found = caller.search(photo("ann/2"));
    assertThat(found.body().at("/candidates/0/id").asText()).isEqualTo(id);
    assertThat(caller.verify(id, photo("ann/3")).status()).isEqualTo(200);
    assertThat(caller.verify(id, photo("bob/1")).status()).isEqualTo(404);

    assertThat(caller.update(id, photo("bob/1")).status()).isEqualTo(200);
    assertThat(caller.verify(id, photo("bob/2")).status()).isEqualTo(200);

    assertThat(caller.delete(id).status()).isEqualTo(204);
    assertThat(caller.verify(id, photo("bob/2")).status()).isEqualTo(404);
    assertThat(caller.delete(id).status()).isEqualTo(404);
  }

  @Test
  void no_registration_is_lost_among_many_at_once() throws Exception {
    List<Callable<Reply>> registrations =
        IntStream.range(0, 60)
            .<Callable<Reply>>mapToObj(i -> () -> caller.register(photo("crowd-" + i + "/1")))
            .toList();
    Set<String> ids;
    try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
      ids =
          threads.invokeAll(registrations).stream()
              .map(Future::resultNow)
              .peek(reply -> assertThat(reply.status()).isEqualTo(201))
              .map(Reply::id)
              .collect(Collectors.toSet());
    }
    assertThat(ids).hasSize(60);
    for (int i = 0; i < 60; i++) {
      Reply found = caller.search(photo("crowd-" + i + "/2"));
      assertThat(ids).contains(found.body().at("/candidates/0/id").asText());
    }
  }

  @Test
  void an_id_with_a_slash_or_unicode_in_it_is_not_found() {
    assertThat(caller.delete("a%2Fb").status()).isEqualTo(404);
    assertThat(caller.delete("%E8%AA%9E").status()).isEqualTo(404);
    assertThat(caller.delete("..%2F..%2Fetc").status()).isEqualTo(404);
  }

  @Test
  void the_correlation_id_goes_through_the_handler() {
    HttpResponse<String> response =
        ServiceFixture.client(service.credentials())
            .with("x-correlation-id", "mine-7")
            .send("POST", "/v1/face/search", "{}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().allValues("x-correlation-id")).containsExactly("mine-7");
    assertThat(response.headers().allValues("access-control-allow-origin")).containsExactly("*");
  }

  @Test
  void health_and_the_specification_are_for_everyone() {
    SignedClient anyone = ServiceFixture.client(service.credentials()).unsigned();
    assertThat(anyone.send("GET", "/v1/health", "").body()).isEqualTo("{\"status\":\"ok\"}");
    assertThat(anyone.send("GET", "/openapi.yaml", "").body())
        .contains("/v1/subjects")
        .doesNotContain("x-facet");
  }

  @Test
  void the_credentials_are_in_a_file_for_the_owner_only() throws IOException {
    Path file = folder.resolve("data/credentials.json");
    assertThat(Credentials.file(file).read()).hasValue(service.credentials());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(service.credentials().toString())
        .doesNotContain(service.credentials().secretAccessKey())
        .doesNotContain(service.credentials().apiKey());
  }

  @Test
  void the_data_folder_is_for_one_service_at_a_time() {
    assertThatThrownBy(() -> ServiceFixture.start(folder.resolve("data")))
        .isInstanceOf(DataFolderInUse.class);
  }

  @Test
  void a_port_that_is_taken_is_refused_and_the_folder_is_free_again() {
    Path data = folder.resolve("other");
    int taken = URI.create(service.credentials().endpoint()).getPort();
    ServiceOptions options =
        new ServiceOptions(
            data, taken, null, "ap-southeast-2", false, List.of("*"), false, NodeOptions.DEFAULT);
    assertThatThrownBy(() -> ServiceFixture.start(options, ServiceFixture.fakes()))
        .hasRootCauseInstanceOf(BindException.class);
    ServiceFixture.start(data).close();
  }
}
