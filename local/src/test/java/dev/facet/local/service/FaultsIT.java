package dev.facet.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.facet.core.bundle.ScoreMap;
import dev.facet.core.faces.ExtractedFace;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.faces.FaceExtractor;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.retry.Deadline;
import dev.facet.local.SignedClient;
import dev.facet.local.chaos.Chaos;
import dev.facet.local.chaos.RandomFaults;
import dev.facet.local.service.ServiceFixture.Caller;
import dev.facet.local.service.ServiceFixture.Caller.Reply;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

/** What callers of the whole service get while a part of it fails, and afterwards. */
class FaultsIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path data;

  /** Looks for faces in vain, until it is told to see. */
  private static final class LateFaces implements FaceExtractor {
    private volatile boolean late = true;

    private FaceExtractor faces() {
      if (late) {
        throw new TransientFault(TransientFault.Kind.TIMEOUT, "The face function is late.");
      }
      return new FakeFaces();
    }

    @Override
    public String bundleId() {
      return new FakeFaces().bundleId();
    }

    @Override
    public List<FaceAttributes> describe(byte[] image, int limit, Deadline deadline) {
      return faces().describe(image, limit, deadline);
    }

    @Override
    public ExtractedFace single(byte[] image, Deadline deadline) {
      return faces().single(image, deadline);
    }
  }

  @Test
  void a_late_face_function_is_a_timeout_and_a_repeat_succeeds() {
    LateFaces faces = new LateFaces();
    try (ServiceFixture service =
        ServiceFixture.start(
            ServiceFixture.options(data, true, true),
            new Recognition(faces, ScoreMap.calibratedAt(0.3)))) {
      Caller caller = new Caller(service.caller().client().with("idempotency-key", "late"));
      Reply late = caller.register(FakeFaces.photo("ann/1"));
      assertThat(late.status()).isEqualTo(500);
      assertThat(late.body().path("errorType").asText()).isEqualTo("Timeout");
      assertThat(late.body().path("errorCode").intValue()).isEqualTo(1003);
      assertThat(new NodePeople(service.credentials()).enrol("bob", 1).status())
          .as("needs no photo")
          .isEqualTo(200);

      faces.late = false;
      assertThat(service.caller().search(FakeFaces.photo("ann/2")).status()).isEqualTo(404);
      Reply done = caller.register(FakeFaces.photo("ann/1"));
      assertThat(done.status()).isEqualTo(201);
      assertThat(caller.register(FakeFaces.photo("ann/1")).id()).isEqualTo(done.id());
      assertThat(service.caller().search(FakeFaces.photo("ann/2")).body().path("candidates"))
          .hasSize(1);
    }
  }

  /** Of every kind of call to every table, the first four are refused; then all is well. */
  @Test
  void refusals_of_every_store_are_waited_out_within_the_request() {
    ServiceOptions options =
        ServiceFixture.options(data, true, false, QueueChild.node(new RefusedAtFirst(4)));
    try (ServiceFixture service = ServiceFixture.start(options, ServiceFixture.fakes())) {
      Caller caller = service.caller();
      Reply ann = caller.register(FakeFaces.photo("ann/1"));
      assertThat(ann.status()).as("%s", ann.body()).isEqualTo(201);
      assertThat(caller.search(FakeFaces.photo("ann/2")).status()).isEqualTo(200);
      assertThat(caller.verify(ann.id(), FakeFaces.photo("ann/2")).status()).isEqualTo(200);
      assertThat(caller.delete(ann.id()).status()).isEqualTo(204);
      assertThat(new NodePeople(service.credentials()).enrol("bob", 1).status()).isEqualTo(200);
      assertThat(new NodePeople(service.credentials()).known("bob")).isEqualTo(1);
    }
  }

  /** Refuses the first calls of each kind: of one class, about one sort of item. */
  private static final class RefusedAtFirst implements Chaos {
    private final Chaos refusing = new RandomFaults(1, 0, new Random(7));
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final int refused;

    RefusedAtFirst(int refused) {
      this.refused = refused;
    }

    @Override
    public SdkResponse around(SdkRequest request, Supplier<SdkResponse> call) {
      AtomicInteger before = calls.computeIfAbsent(kind(request), kind -> new AtomicInteger());
      return before.getAndIncrement() < refused ? refusing.around(request, call) : call.get();
    }

    private static String kind(SdkRequest request) {
      String item =
          request instanceof GetItemRequest get
              ? get.key().values().iterator().next().s().replaceFirst("#.*", "")
              : "";
      return request.getClass().getSimpleName() + item;
    }
  }

  /**
   * Of all calls to the tables three in ten are refused, and of one in twenty the answer is lost.
   * That a request fails in spite of it takes twenty faults in a row.
   */
  @Test
  void while_the_stores_fail_often_every_request_is_answered_as_if_they_did_not() throws Exception {
    Chaos chaos = Chaos.parse("throttle=0.3,timeout=0.05");
    ServiceOptions options = ServiceFixture.options(data, false, false, QueueChild.node(chaos));
    try (ServiceFixture service = ServiceFixture.start(options, ServiceFixture.fakes());
        ExecutorService callers = Executors.newFixedThreadPool(8)) {
      List<Callable<Void>> people =
          IntStream.range(0, 8)
              .<Callable<Void>>mapToObj(i -> () -> livesUnderFaults(service, "p" + i))
              .toList();
      for (Future<Void> person : callers.invokeAll(people)) {
        person.get();
      }
    }
    try (ServiceFixture again = ServiceFixture.start(data)) {
      for (int i = 0; i < 8; i++) {
        assertThat(again.caller().search(FakeFaces.photo("p" + i + "/4")).body().path("candidates"))
            .as("p%d", i)
            .hasSize(i % 2 == 0 ? 0 : 1);
        assertThat(new NodePeople(again.credentials()).known("p" + i)).isEqualTo(1);
      }
    }
  }

  private static @Nullable Void livesUnderFaults(ServiceFixture service, String person) {
    Caller caller = service.caller();
    Reply registered = caller.register(FakeFaces.photo(person + "/1"));
    assertThat(registered.status()).as("%s", registered.body()).isEqualTo(201);
    assertThat(caller.search(FakeFaces.photo(person + "/2")).body().path("candidates")).hasSize(1);
    assertThat(caller.verify(registered.id(), FakeFaces.photo(person + "/3")).status())
        .isEqualTo(200);
    assertThat(caller.update(registered.id(), FakeFaces.photo(person + "/2")).status())
        .isEqualTo(200);
    if (Integer.parseInt(person.substring(1)) % 2 == 0) {
      assertThat(caller.delete(registered.id()).status()).isEqualTo(204);
    }
    assertThat(new NodePeople(service.credentials()).enrol(person, 1).status()).isEqualTo(200);
    return null;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/face/search", "/node/plainPredict", "/node/FACE3_1/enroll"})
  void a_callers_clock_may_be_four_minutes_wrong_and_is_told_if_it_is_six(String path)
      throws IOException {
    try (ServiceFixture service = ServiceFixture.start(data)) {
      SignedClient client = service.caller().client();
      for (int minutes : new int[] {-4, 4}) {
        assertThat(client.at(skewed(minutes)).send("POST", path, "{}").statusCode()).isEqualTo(400);
      }
      refused(client.at(skewed(-6)).send("POST", path, "{}"), "Signature expired: ");
      refused(client.at(skewed(6)).send("POST", path, "{}"), "Signature not yet current: ");
    }
  }

  private static Clock skewed(int minutes) {
    return Clock.offset(Clock.systemUTC(), Duration.ofMinutes(minutes));
  }

  private static void refused(HttpResponse<String> response, String reason) throws IOException {
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.headers().firstValue("x-amzn-errortype"))
        .contains("InvalidSignatureException");
    JsonNode body = JSON.readTree(response.body());
    assertThat(body.path("message").asText()).startsWith(reason);
  }
}
