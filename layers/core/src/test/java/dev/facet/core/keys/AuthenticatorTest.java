package dev.facet.core.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.applications.ApplicationStore;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.retry.Retries;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuthenticatorTest {

  private static final ApiKey KEY = new ApiKey("abcdefghijklmnopqrst0123");
  private static final Application APPLICATION =
      Application.withDefaults(new ApplicationId(new UUID(1, 2)));

  private final Map<KeyId, KeyRecord> records = new HashMap<>();
  private final Map<ApplicationId, Application> applications = new HashMap<>();
  private int lookUps;
  private boolean storeIsDown;
  private int throttled;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Authenticator authenticator =
      new Authenticator(
          keys(), stored(), () -> now, new Retries(() -> now, this::later, new Random(7)));

  @Test
  void an_active_key_stands_for_its_application() {
    store(KEY, KeyStatus.ACTIVE);

    assertThat(authenticator.application(KEY, null)).contains(APPLICATION);
  }

  @Test
  void an_unknown_key_is_refused() {
    assertThat(authenticator.application(KEY, null)).isEmpty();
  }

  @Test
  void a_key_that_is_not_active_is_refused() {
    store(KEY, KeyStatus.DISABLED);
    assertThat(authenticator.application(KEY, null)).isEmpty();

    later(Duration.ofSeconds(2));
    store(KEY, KeyStatus.PENDING);
    assertThat(authenticator.application(KEY, null)).isEmpty();
  }

  @Test
  void a_key_without_its_application_is_refused() {
    store(KEY, KeyStatus.ACTIVE);
    applications.clear();

    assertThat(authenticator.application(KEY, null)).isEmpty();
  }

  @Test
  void a_key_of_a_form_that_we_never_make_is_not_even_looked_up() {
    assertThat(authenticator.application(new ApiKey("short"), null)).isEmpty();
    assertThat(authenticator.application(new ApiKey("a".repeat(129)), null)).isEmpty();
    assertThat(authenticator.application(new ApiKey("../../../etc/passwd/etc/passwd"), null))
        .isEmpty();
    assertThat(lookUps).isZero();
  }

  @Test
  void an_admission_is_remembered_for_a_few_seconds() {
    store(KEY, KeyStatus.ACTIVE);
    authenticator.application(KEY, null);
    store(KEY, KeyStatus.DISABLED);

    later(Duration.ofSeconds(4));
    assertThat(authenticator.application(KEY, null)).isPresent();
    assertThat(lookUps).isEqualTo(1);

    later(Duration.ofSeconds(2));
    assertThat(authenticator.application(KEY, null)).isEmpty();
  }

  @Test
  void a_refusal_is_remembered_for_less() {
    authenticator.application(KEY, null);
    store(KEY, KeyStatus.ACTIVE);
    assertThat(authenticator.application(KEY, null)).isEmpty();

    later(Duration.ofSeconds(1));
    assertThat(authenticator.application(KEY, null)).isPresent();
  }

  @Test
  void a_bound_key_is_for_its_principal_alone() {
    store(KEY, KeyStatus.ACTIVE, "AROAPRINCIPAL");

    assertThat(authenticator.application(KEY, "AROAPRINCIPAL")).contains(APPLICATION);
    assertThat(authenticator.application(KEY, "AROAPRINCIPAL:a:session")).contains(APPLICATION);
    assertThat(authenticator.application(KEY, "AROAOTHER:AROAPRINCIPAL")).isEmpty();
    assertThat(authenticator.application(KEY, "AROAPRINCIPALS")).isEmpty();
    assertThat(authenticator.application(KEY, "")).isEmpty();
    assertThat(authenticator.application(KEY, null)).isEmpty();
    assertThat(lookUps).isEqualTo(1);
  }

  @Test
  void an_unbound_key_is_for_everyone() {
    store(KEY, KeyStatus.ACTIVE);

    assertThat(authenticator.application(KEY, "AIDASOMEONE")).contains(APPLICATION);
    assertThat(authenticator.application(KEY, null)).contains(APPLICATION);
  }

  @Test
  void a_fault_of_the_store_is_not_remembered() {
    store(KEY, KeyStatus.ACTIVE);
    storeIsDown = true;
    assertThatThrownBy(() -> authenticator.application(KEY, null))
        .isInstanceOf(TransientFault.class);

    storeIsDown = false;
    assertThat(authenticator.application(KEY, null)).isPresent();
  }

  @Test
  void a_store_that_throttles_is_asked_again_for_five_seconds() {
    store(KEY, KeyStatus.ACTIVE);
    throttled = 12;
    assertThat(authenticator.application(KEY, null)).contains(APPLICATION);
    assertThat(lookUps).isEqualTo(13);

    later(Duration.ofSeconds(6));
    Instant begin = now;
    throttled = Integer.MAX_VALUE;
    assertThatThrownBy(() -> authenticator.application(KEY, null))
        .isInstanceOfSatisfying(
            TransientFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(TransientFault.Kind.THROTTLED));
    assertThat(Duration.between(begin, now))
        .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
    throttled = 0;
    assertThat(authenticator.application(KEY, null)).contains(APPLICATION);
  }

  @Test
  void a_flood_of_unknown_keys_pushes_the_oldest_out() {
    authenticator.application(KEY, null);
    for (int i = 0; i < 10_000; i++) {
      authenticator.application(new ApiKey("flood%020d".formatted(i)), null);
    }
    int before = lookUps;
    authenticator.application(new ApiKey("flood%020d".formatted(9_999)), null);
    assertThat(lookUps).isEqualTo(before);

    authenticator.application(KEY, null);
    assertThat(lookUps).isEqualTo(before + 1);
  }

  private void later(Duration time) {
    now = now.plus(time);
  }

  private void store(ApiKey key, KeyStatus status) {
    store(key, status, null);
  }

  private void store(ApiKey key, KeyStatus status, @Nullable String principal) {
    KeyRecord record =
        KeyRecord.of(
            new UUID(3, 4),
            key,
            APPLICATION.id(),
            new NewKey(null, null, null, null, principal),
            status,
            now);
    records.put(record.keyId(), record);
    applications.put(APPLICATION.id(), APPLICATION);
  }

  private KeyStore keys() {
    return id -> {
      lookUps++;
      if (storeIsDown) {
        throw new TransientFault(TransientFault.Kind.UNAVAILABLE, "down");
      }
      if (throttled > 0) {
        throttled--;
        throw new TransientFault(TransientFault.Kind.THROTTLED, "too many, on purpose");
      }
      return Optional.ofNullable(records.get(id));
    };
  }

  private ApplicationStore stored() {
    return id -> Optional.ofNullable(applications.get(id));
  }
}
