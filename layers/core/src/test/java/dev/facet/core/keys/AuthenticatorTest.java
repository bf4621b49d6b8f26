package dev.facet.core.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.applications.ApplicationStore;
import dev.facet.core.faults.TransientFault;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuthenticatorTest {

  private static final ApiKey KEY = new ApiKey("abcdefghijklmnopqrst0123");
  private static final Application APPLICATION =
      Application.withDefaults(new ApplicationId(new UUID(1, 2)));

  private final Map<KeyId, KeyRecord> records = new HashMap<>();
  private final Map<ApplicationId, Application> applications = new HashMap<>();
  private int lookUps;
  private boolean storeIsDown;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Authenticator authenticator = new Authenticator(keys(), stored(), () -> now);

  @Test
  void anActiveKeyStandsForItsApplication() {
    store(KEY, KeyStatus.ACTIVE);

    assertThat(authenticator.application(KEY)).contains(APPLICATION);
  }

  @Test
  void anUnknownKeyIsRefused() {
    assertThat(authenticator.application(KEY)).isEmpty();
  }

  @Test
  void aKeyThatIsNotActiveIsRefused() {
    store(KEY, KeyStatus.DISABLED);
    assertThat(authenticator.application(KEY)).isEmpty();

    later(Duration.ofSeconds(2));
    store(KEY, KeyStatus.PENDING);
    assertThat(authenticator.application(KEY)).isEmpty();
  }

  @Test
  void aKeyWithoutItsApplicationIsRefused() {
    store(KEY, KeyStatus.ACTIVE);
    applications.clear();

    assertThat(authenticator.application(KEY)).isEmpty();
  }

  @Test
  void aKeyOfAFormThatWeNeverMakeIsNotEvenLookedUp() {
    assertThat(authenticator.application(new ApiKey("short"))).isEmpty();
    assertThat(authenticator.application(new ApiKey("a".repeat(129)))).isEmpty();
    assertThat(authenticator.application(new ApiKey("../../../etc/passwd/etc/passwd"))).isEmpty();
    assertThat(lookUps).isZero();
  }

  @Test
  void anAdmissionIsRememberedForAFewSeconds() {
    store(KEY, KeyStatus.ACTIVE);
    authenticator.application(KEY);
    store(KEY, KeyStatus.DISABLED);

    later(Duration.ofSeconds(4));
    assertThat(authenticator.application(KEY)).isPresent();
    assertThat(lookUps).isEqualTo(1);

    later(Duration.ofSeconds(2));
    assertThat(authenticator.application(KEY)).isEmpty();
  }

  @Test
  void aRefusalIsRememberedForLess() {
    authenticator.application(KEY);
    store(KEY, KeyStatus.ACTIVE);
    assertThat(authenticator.application(KEY)).isEmpty();

    later(Duration.ofSeconds(1));
    assertThat(authenticator.application(KEY)).isPresent();
  }

  @Test
  void aFaultOfTheStoreIsNotRemembered() {
    store(KEY, KeyStatus.ACTIVE);
    storeIsDown = true;
    assertThatThrownBy(() -> authenticator.application(KEY)).isInstanceOf(TransientFault.class);

    storeIsDown = false;
    assertThat(authenticator.application(KEY)).isPresent();
  }

  @Test
  void aFloodOfUnknownKeysPushesTheOldestOut() {
    authenticator.application(KEY);
    for (int i = 0; i < 10_000; i++) {
      authenticator.application(new ApiKey("flood%020d".formatted(i)));
    }
    int before = lookUps;
    authenticator.application(new ApiKey("flood%020d".formatted(9_999)));
    assertThat(lookUps).isEqualTo(before);

    authenticator.application(KEY);
    assertThat(lookUps).isEqualTo(before + 1);
  }

  private void later(Duration time) {
    now = now.plus(time);
  }

  private void store(ApiKey key, KeyStatus status) {
    keys()
        .put(
            new KeyRecord(
                new UUID(3, 4),
                KeyId.of(key),
                APPLICATION.id(),
                null,
                null,
                null,
                null,
                null,
                status,
                now,
                now,
                null));
    stored().put(APPLICATION);
  }

  private KeyStore keys() {
    return new KeyStore() {
      @Override
      public Optional<KeyRecord> find(KeyId id) {
        lookUps++;
        if (storeIsDown) {
          throw new TransientFault(TransientFault.Kind.UNAVAILABLE, "down");
        }
        return Optional.ofNullable(records.get(id));
      }

      @Override
      public void put(KeyRecord record) {
        records.put(record.keyId(), record);
      }
    };
  }

  private ApplicationStore stored() {
    return new ApplicationStore() {
      @Override
      public Optional<Application> find(ApplicationId id) {
        return Optional.ofNullable(applications.get(id));
      }

      @Override
      public void put(Application application) {
        applications.put(application.id(), application);
      }
    };
  }
}
