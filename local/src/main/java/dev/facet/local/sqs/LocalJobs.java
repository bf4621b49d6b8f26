package dev.facet.local.sqs;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.facet.api.EnrolmentJobs;
import dev.facet.aws.DynamoGalleryStore;
import dev.facet.aws.DynamoJobStore;
import dev.facet.aws.SqsDeadLetters;
import dev.facet.aws.SqsJobQueue;
import dev.facet.aws.Tables;
import dev.facet.core.faces.EnrolmentQueue;
import dev.facet.core.faces.FaceService;
import dev.facet.core.jobs.DeadLetterService;
import dev.facet.core.jobs.EnrolmentWorker;
import dev.facet.core.jobs.JobCodec;
import dev.facet.core.jobs.JobIds;
import dev.facet.core.jobs.JobQueue;
import dev.facet.core.jobs.Jobs;
import dev.facet.core.jobs.OperationRecords;
import dev.facet.core.jobs.SecretBackedKeys;
import dev.facet.local.data.DataFolder;
import dev.facet.local.data.PrivateFile;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The enrolment queue of a data folder; {@code jobs.json} holds the secret that seals it. */
public final class LocalJobs {

  private static final Duration TENDING_TIME = Duration.ofSeconds(20);

  private final SecretBackedKeys keys;
  private final Queues queues;
  private final EnrolmentJobs jobs;
  private final JobCodec sealed;
  private final JobIds ids;
  private final DeadLetterService dead;
  private final InstantSource clock;

  /**
   * The queues' URLs.
   *
   * @param enrolments the queue of pending enrolments
   * @param deadLetters the queue of enrolments that failed too often
   */
  public record Queues(String enrolments, String deadLetters) {}

  /** The content of {@code jobs.json}. */
  private record Secret(String hex) {
    @Override
    public String toString() {
      return "Secret[]";
    }
  }

  /**
   * Opens the queue of a folder, and creates its secret the first time.
   *
   * @param client a client of the queues
   * @param dynamo stores the jobs' records
   */
  public LocalJobs(
      DataFolder data,
      EmbeddedSqs sqs,
      SqsClient client,
      DynamoDbClient dynamo,
      Tables tables,
      InstantSource clock,
      SecureRandom random) {
    this.clock = clock;
    this.keys = new SecretBackedKeys(secret(data, random), random);
    this.queues = new Queues(sqs.queue(), sqs.deadLetters());
    this.jobs =
        new EnrolmentJobs(
            new SqsJobQueue(client, queues.enrolments()),
            new DynamoJobStore(dynamo, tables, clock),
            OperationRecords.in(new DynamoGalleryStore(dynamo, tables, clock), clock),
            clock);
    this.sealed = new JobCodec(keys, random);
    this.ids = new JobIds(keys, clock, random);
    // no visibility timeout: when ElasticMQ stops, it loses the information that a listed message
    // was made visible again
    this.dead =
        jobs.deadLetters(
            new SqsDeadLetters(sqs.client(), queues.deadLetters(), Duration.ZERO, clock));
  }

  private static byte[] secret(DataFolder data, SecureRandom random) {
    PrivateFile<Secret> file = new PrivateFile<>(data.file("jobs.json"), new TypeReference<>() {});
    Secret secret =
        file.read()
            .orElseGet(
                () -> {
                  byte[] bytes = new byte[SecretBackedKeys.SECRET_BYTES];
                  random.nextBytes(bytes);
                  Secret made = new Secret(HexFormat.of().formatHex(bytes));
                  file.write(made);
                  return made;
                });
    return HexFormat.of().parseHex(secret.hex());
  }

  /** Returns the queues' URLs. */
  public Queues queues() {
    return queues;
  }

  /** Returns the keys that seal and identify jobs. */
  public SecretBackedKeys keys() {
    return keys;
  }

  /** Returns the port that accepts enrolments. */
  public EnrolmentQueue enrolments() {
    return jobs.enrolments(ids, sealed);
  }

  /** Returns the port that reports the jobs' states. */
  public Jobs jobs() {
    return jobs.statuses(ids);
  }

  /** Returns a worker that executes jobs. */
  public EnrolmentWorker worker(FaceService faces) {
    return jobs.worker(faces, sealed);
  }

  /** Returns the queue of pending jobs. */
  public JobQueue queue() {
    return jobs.queue();
  }

  /** Tends the dead letters, as the function {@code DeadLetter} does every minute. */
  public void tendDeadLetters() {
    var _ = dead.tend(clock.instant().plus(TENDING_TIME));
  }

  /** Returns the jobs that failed too often. */
  public DeadLetterService dead() {
    return dead;
  }
}
