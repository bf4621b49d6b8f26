package dev.facet.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.faults.Fault;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.faults.TransientFault.Kind;
import dev.facet.core.gallery.Commit;
import dev.facet.core.gallery.CommitOutcome;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.LogEntry;
import dev.facet.core.gallery.LogPosition;
import dev.facet.core.gallery.Subject;
import dev.facet.core.gallery.Template;
import dev.facet.core.gallery.Write;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.subjects.SubjectId;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** What AWS's refusals mean to the core. */
final class AwsFaultsIT {

  private static final GalleryId GALLERY =
      GalleryId.ofImages(new ApplicationId(new UUID(1, 2)), "bundle");

  private final Instant deadline = Instant.now().plusSeconds(20);

  @Test
  void throttling_conflicts_and_failures_of_aws_may_pass() {
    assertThat(
            kind(
                ProvisionedThroughputExceededException.builder()
                    .awsErrorDetails(details("ProvisionedThroughputExceededException"))
                    .statusCode(400)
                    .build()))
        .isEqualTo(Kind.THROTTLED);
    assertThat(kind(refusal("ThrottlingException", 400))).isEqualTo(Kind.THROTTLED);
    assertThat(kind(refusal("InternalServerError", 500))).isEqualTo(Kind.UNAVAILABLE);
    assertThat(kind(refusal("RequestTimeout", 400))).isEqualTo(Kind.UNAVAILABLE);
    assertThat(kind(refusal("ResourceConflictException", 409))).isEqualTo(Kind.UNAVAILABLE);
    assertThat(kind(TransactionInProgressException.builder().build())).isEqualTo(Kind.CONFLICT);
    assertThat(kind(SdkClientException.create("no route"))).isEqualTo(Kind.UNAVAILABLE);
  }

  private static Kind kind(SdkException e) {
    return ((TransientFault) AwsFaults.fault(e)).kind();
  }

  @Test
  void what_aws_refuses_for_good_is_our_fault_and_names_only_the_code() {
    Fault fault = AwsFaults.fault(refusal("AccessDeniedException", 400));
    assertThat(fault).isInstanceOf(InternalFault.class);
    assertThat(fault.reason()).contains("AccessDeniedException").doesNotContain("secret words");
  }

  @Test
  void a_refusal_without_a_code_is_named_by_its_status() {
    SdkException bare =
        DynamoDbException.builder()
            .awsErrorDetails(AwsErrorDetails.builder().build())
            .statusCode(418)
            .build();
    assertThat(AwsFaults.fault(bare)).isInstanceOf(InternalFault.class);
    assertThat(AwsFaults.fault(bare).reason()).contains("status 418");
  }

  @Test
  void a_transaction_under_way_elsewhere_counts_as_a_moved_head() {
    assertThat(cancelled("TransactionConflict", "None", "None", "None"))
        .isEqualTo(new CommitOutcome.HeadMoved());
    assertThat(cancelled("None", "None", "TransactionConflict", "ThrottlingError"))
        .isEqualTo(new CommitOutcome.HeadMoved());
  }

  @Test
  void a_transaction_cancelled_for_load_is_throttled() {
    for (String code : List.of("ThrottlingError", "ProvisionedThroughputExceeded")) {
      assertThatThrownBy(() -> cancelled("None", "None", code, "None"))
          .isInstanceOfSatisfying(
              TransientFault.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.THROTTLED));
    }
  }

  @Test
  void a_transaction_that_breaks_a_rule_of_dynamo_is_our_fault() {
    assertThatThrownBy(() -> cancelled("None", "ValidationError", "None", "None"))
        .isInstanceOf(InternalFault.class);
  }

  private CommitOutcome cancelled(String... codes) {
    TransactionCanceledException e =
        TransactionCanceledException.builder()
            .cancellationReasons(
                Arrays.stream(codes)
                    .map(code -> CancellationReason.builder().code(code).build())
                    .toList())
            .build();
    return store(throwing(e)).commit(commit(), deadline);
  }

  @Test
  void a_store_that_does_not_answer_is_given_up_at_the_deadline() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        DynamoDbClient client = client(silent.getLocalPort())) {
      Instant soon = Instant.now().plusMillis(400);
      assertThatThrownBy(() -> store(client).head(GALLERY, soon))
          .isInstanceOfSatisfying(
              TransientFault.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.UNAVAILABLE));
      assertThatThrownBy(() -> store(client).head(GALLERY, Instant.now().minusMillis(1)))
          .isInstanceOfSatisfying(
              TransientFault.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.TIMEOUT));
    }
  }

  @Test
  void a_store_out_of_reach_may_come_back() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    try (DynamoDbClient client = client(port)) {
      assertThatThrownBy(() -> store(client).head(GALLERY, deadline))
          .isInstanceOfSatisfying(
              TransientFault.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.UNAVAILABLE));
    }
  }

  private static DynamoDbClient client(int port) {
    return AwsClients.dynamoDb()
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .region(Region.AP_SOUTHEAST_2)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
        .build();
  }

  private static DynamoDbClient throwing(SdkException e) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            AwsFaultsIT.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              throw e;
            });
  }

  private static DynamoGalleryStore store(DynamoDbClient client) {
    return new DynamoGalleryStore(client, Tables.DEFAULT, InstantSource.system());
  }

  private static Commit commit() {
    Operation operation = new Operation(new OperationId("op"), "digest", "{}", Instant.EPOCH);
    Template template = Template.normalised("face", new float[] {3, 4});
    Subject subject =
        new Subject(
            new SubjectId("id"),
            List.of(template),
            "model",
            null,
            null,
            null,
            null,
            Instant.EPOCH,
            Instant.EPOCH);
    Write write = new Write(operation, List.of(new Write.Drop(subject)), List.of());
    LogEntry.Stamp stamp = new LogEntry.Stamp(Instant.EPOCH, "token", "");
    return new Commit(GALLERY, LogPosition.START, "epoch", 0, Map.of(), List.of(write), stamp);
  }

  private static SdkException refusal(String code, int status) {
    return DynamoDbException.builder().awsErrorDetails(details(code)).statusCode(status).build();
  }

  private static AwsErrorDetails details(String code) {
    return AwsErrorDetails.builder().errorCode(code).errorMessage("secret words").build();
  }
}
