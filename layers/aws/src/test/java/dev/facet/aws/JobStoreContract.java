package dev.facet.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.faces.EnrolmentQueue.Form;
import dev.facet.core.faces.FaceAnswer.Enrolled;
import dev.facet.core.faces.FaceAnswer.Person;
import dev.facet.core.fakes.SettableClock;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.jobs.JobId;
import dev.facet.core.jobs.JobIds;
import dev.facet.core.jobs.JobState.Dead;
import dev.facet.core.jobs.JobState.Done;
import dev.facet.core.jobs.JobState.Expired;
import dev.facet.core.jobs.JobState.Refused;
import dev.facet.core.jobs.Jobs;
import dev.facet.core.jobs.SecretBackedKeys;
import dev.facet.core.subjects.PersonId;
import java.security.SecureRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Outcomes of jobs, wherever the tables are. */
abstract class JobStoreContract {

  /** Where the tables are. */
  abstract DynamoDbClient client();

  /** What they are called. */
  abstract Tables tables();

  private final SecureRandom random = new SecureRandom();
  private final SettableClock clock = new SettableClock();
  private final DynamoJobStore store = new DynamoJobStore(client(), tables(), clock);
  private final JobId id =
      new JobIds(new SecretBackedKeys(new byte[32], random), clock, random)
          .create(new ApplicationId(UUID.randomUUID()), new ModelVersion("FACE3_1"), Form.PLAIN);
  private final Done done =
      new Done(
          new Enrolled(new Person(PersonId.random(random), PersonId.random(random), 0.25), true));

  @Test
  void what_is_done_is_read_back_and_stays() {
    assertThat(store.find(id)).isEmpty();
    store.revive(id);
    store.settle(id, new Dead());
    assertThat(store.find(id)).contains(new Dead());
    store.settle(id, done);
    store.settle(id, new Dead());
    store.revive(id);
    assertThat(store.find(id)).contains(done);
  }

  @Test
  void a_refusal_is_read_back_with_its_words() {
    store.settle(id, new Refused(new InvalidRequest("say it otherwise")));
    store.settle(id, done);
    assertThat(store.find(id))
        .get()
        .isInstanceOfSatisfying(
            Refused.class, it -> assertThat(it.fault()).hasMessage("say it otherwise"));
  }

  @Test
  void an_expired_job_is_read_back_and_stays() {
    store.settle(id, new Dead());
    store.settle(id, new Expired());
    store.settle(id, done);
    store.revive(id);
    assertThat(store.find(id)).contains(new Expired());
  }

  @Test
  void a_dead_job_is_revived() {
    store.settle(id, new Dead());
    store.revive(id);
    assertThat(store.find(id)).isEmpty();
  }

  @Test
  void an_outcome_that_has_expired_counts_as_absent() {
    store.settle(id, done);
    clock.advance(Jobs.LIFE.plusSeconds(1));
    assertThat(store.find(id)).isEmpty();
    store.settle(id, new Dead());
    assertThat(store.find(id)).contains(new Dead());
  }
}
