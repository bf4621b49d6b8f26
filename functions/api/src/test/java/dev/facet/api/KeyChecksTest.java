package dev.facet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.RequestIdentity;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.facet.api.http.EndpointContext;
import dev.facet.api.http.Services;
import dev.facet.api.http.Settings;
import dev.facet.api.v1.SearchFaceHandler;
import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faces.FaceCommand;
import dev.facet.core.faces.FaceService;
import dev.facet.core.fakes.InMemoryApplications;
import dev.facet.core.fakes.InMemoryKeys;
import dev.facet.core.fakes.SettableClock;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.keys.KeyStatus;
import dev.facet.core.keys.NewKey;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a handler makes of a key that the gateway let pass. */
class KeyChecksTest {

  private static final ApiKey KEY = new ApiKey("FacetCheckKey00000000000000001");
  private static final int ADMITTED = 400;

  private final SettableClock clock = new SettableClock();
  private final InMemoryKeys keys = new InMemoryKeys();
  private final InMemoryApplications applications = new InMemoryApplications();
  private final SearchFaceHandler handler =
      new SearchFaceHandler(
          Services.of(
              keys,
              applications,
              new Refusing(),
              new EndpointContext(Settings.DEFAULT, clock, UUID::randomUUID)));

  @Test
  void a_disabled_key_is_refused_within_five_seconds() {
    KeyRecord record = stored(null);
    assertThat(status(null)).isEqualTo(ADMITTED);

    keys.put(record.with(KeyStatus.DISABLED, Instant.now()));
    clock.advance(Duration.ofSeconds(5));

    assertThat(status(null)).isEqualTo(403);
  }

  @Test
  void an_expired_key_is_refused_though_the_gateway_admits_it() {
    KeyRecord record = stored(null);
    keys.put(record.expiring(clock.instant().plusSeconds(60), clock.instant()));
    assertThat(status(null)).isEqualTo(ADMITTED);

    clock.advance(Duration.ofSeconds(60));

    assertThat(status(null)).isEqualTo(403);
  }

  @Test
  void a_bound_key_is_forbidden_for_another_principal() {
    stored("AROABOUND");

    assertThat(status("AROABOUND:session")).isEqualTo(ADMITTED);
    APIGatewayProxyResponseEvent refused = answer("AROAOTHER:session");
    assertThat(refused.getStatusCode()).isEqualTo(403);
    assertThat(refused.getBody()).isEqualTo("{\"message\":\"Forbidden\"}");
    assertThat(refused.getHeaders()).containsEntry("x-amzn-errortype", "ForbiddenException");
  }

  @Test
  void a_bound_key_is_refused_where_nobody_signs() {
    stored("AROABOUND");
    assertThat(status(null)).isEqualTo(403);
  }

  private KeyRecord stored(@Nullable String principal) {
    Application application = Application.withDefaults(new ApplicationId(UUID.randomUUID()));
    applications.put(application);
    KeyRecord record =
        KeyRecord.of(
            UUID.randomUUID(),
            KEY,
            application.id(),
            new NewKey(null, null, null, null, principal),
            KeyStatus.ACTIVE,
            Instant.now());
    keys.put(record);
    return record;
  }

  private int status(@Nullable String caller) {
    return answer(caller).getStatusCode();
  }

  private APIGatewayProxyResponseEvent answer(@Nullable String caller) {
    RequestIdentity identity = new RequestIdentity();
    identity.setApiKey(KEY.secret());
    identity.setCaller(caller);
    ProxyRequestContext context = new ProxyRequestContext();
    context.setIdentity(identity);
    return handler.handleRequest(
        new APIGatewayProxyRequestEvent()
            .withHttpMethod("POST")
            .withPath("/v1/face/search")
            .withRequestContext(context)
            .withBody("{\"probe\":\"cA==\"}"),
        new TestContext(28_000, line -> {}));
  }

  /** Answers nothing, so that what is admitted goes no further. */
  private static final class Refusing implements FaceService {
    @Override
    public <A extends FaceAnswer> A execute(FaceCommand<A> command) {
      throw new InvalidRequest("It was admitted.");
    }
  }
}
