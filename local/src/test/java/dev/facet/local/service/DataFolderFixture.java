package dev.facet.local.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.aws.Tables;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.payload.PayloadCipher;
import dev.facet.core.payload.PayloadCiphers;
import dev.facet.core.payload.PayloadContext;
import dev.facet.core.payload.PayloadContext.Field;
import dev.facet.local.SignedClient;
import dev.facet.local.administration.CommandRunner;
import dev.facet.local.chaos.Chaos;
import dev.facet.local.dynamodb.EmbeddedDynamo;
import dev.facet.local.service.ServiceFixture.Caller;
import dev.facet.local.service.ServiceFixture.Caller.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/**
 * Writes and unpacks a data folder of known content: {@code data/} and, beside it, {@code
 * expected.json} with the requests that made it and their responses.
 *
 * <p>The main method is run on a checkout of the version whose data folder is to be kept. Vectors
 * are from a seeded generator, keys are used for nothing else.
 */
final class DataFolderFixture {

  static final String EXPECTED = "expected.json";
  static final String DATA = "data";

  /** The model version of the encrypted routes' requests. */
  static final String ENCRYPTED_VERSION = "FACE4_3";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Replaces every expiry time, so that the fixture can be used at any time. */
  private static final Instant EXPIRES = Instant.parse("2100-01-01T00:00:00Z");

  private final Path data;
  private final ObjectNode expected = JSON.createObjectNode();

  private DataFolderFixture(Path data) {
    this.data = data;
  }

  /** Writes the fixture to the file that the argument names. */
  public static void main(String[] arguments) throws Exception {
    Path root = Files.createTempDirectory("fixture");
    DataFolderFixture fixture = new DataFolderFixture(root.resolve(DATA));
    fixture.make();
    Files.writeString(root.resolve(EXPECTED), fixture.expected.toPrettyString());
    pack(root, Path.of(arguments[0]));
    System.exit(0);
  }

  private void make() throws Exception {
    String done;
    try (ServiceFixture service = start(queueing())) {
      done = queue(service, "done");
    }
    try (ServiceFixture service = start(NodeOptions.DEFAULT)) {
      String key = new CommandRunner(data).json("keys", "create").path("apiKey").asText();
      expected.put("secondKey", key);
      awaitDone(service, done);
      enrol(service, key);
    }
    try (ServiceFixture service = start(queueing())) {
      queue(service, "queued");
    }
    try (EmbeddedDynamo dynamo = EmbeddedDynamo.start(data.resolve("dynamodb"), Tables.DEFAULT)) {
      neverExpire(dynamo.client());
    }
  }

  /** No enrolment can begin, and no message is received: each enrolment stays in the queue. */
  private static NodeOptions queueing() {
    Chaos stuck = QueueChild.stuck().chaos();
    return QueueChild.node(
        (request, call) -> {
          if (request instanceof ReceiveMessageRequest) {
            throw new IllegalStateException("messages are not received");
          }
          return stuck.around(request, call);
        });
  }

  private static void awaitDone(ServiceFixture service, String job) throws InterruptedException {
    NodePeople people = new NodePeople(service.credentials());
    while (!people.state(job).equals("done")) {
      Thread.sleep(1000);
    }
  }

  private ServiceFixture start(NodeOptions node) {
    return ServiceFixture.start(
        ServiceFixture.options(data, true, false, node), ServiceFixture.fakes());
  }

  private String queue(ServiceFixture service, String name) {
    Reply reply =
        exchange(
            name, service, null, "/node/plainEnroll", Map.of(), features(null, vector(name, 512)));
    return require(202, reply).path("job_id").asText();
  }

  private void enrol(ServiceFixture service, String key) {
    require(
        200,
        exchange(
            "identified",
            service,
            null,
            "/node/plainEnroll",
            Map.of("Idempotency-Key", "identified-1"),
            features("ann@example", vector("ann", 512), vector("ann", 512))));
    require(
        200,
        exchange(
            "other application",
            service,
            key,
            "/node/plainEnroll",
            Map.of(),
            features(null, vector("bob", 128))));
    PayloadCipher cipher = cipher(service.credentials().apiKey());
    String sealed =
        cipher.encrypt(
            features("carl@example", vector("carl", 128)).toString(),
            new PayloadContext(ModelVersion.parse(ENCRYPTED_VERSION), Field.FEATURES));
    require(
        200,
        exchange(
            "encrypted",
            service,
            null,
            "/node/" + ENCRYPTED_VERSION + "/enroll",
            Map.of("x-encryption-version", "3"),
            JSON.createObjectNode().put("features", sealed)));
    JsonNode gone =
        require(
            200,
            exchange(
                "deleted",
                service,
                null,
                "/node/plainEnroll",
                Map.of(),
                features("gone@example", vector("gone", 512))));
    require(
        200,
        exchange(
            "deletion",
            service,
            null,
            "/node/FACE3_3/deleteUser",
            Map.of("Idempotency-Key", "deletion-1"),
            JSON.createObjectNode().put("puid", gone.path("puid").asText())));
    require(
        201,
        exchange(
            "image",
            service,
            null,
            "/v1/subjects",
            Map.of("Idempotency-Key", "image-1"),
            JSON.createObjectNode().put("face", FakeFaces.photo("dora/1"))));
  }

  private Reply exchange(
      String name,
      ServiceFixture service,
      @Nullable String key,
      String path,
      Map<String, String> headers,
      ObjectNode body) {
    ObjectNode exchange = expected.putObject(name).put("path", path);
    exchange.set("headers", JSON.valueToTree(headers));
    exchange.put("body", body.toString());
    if (key != null) {
      exchange.put("key", key);
    }
    Reply reply = send(service, exchange);
    exchange.put("status", reply.status()).set("response", reply.body());
    return reply;
  }

  /** Sends a request of {@code expected.json}. */
  static Reply send(ServiceFixture service, JsonNode exchange) {
    return send(service, exchange, exchange.path("path").asText());
  }

  /** Sends the body and the headers of a request of {@code expected.json} to another path. */
  static Reply send(ServiceFixture service, JsonNode exchange, String path) {
    SignedClient client = ServiceFixture.client(service.credentials());
    if (exchange.has("key")) {
      client = client.with("x-api-key", exchange.path("key").asText());
    }
    for (Map.Entry<String, JsonNode> header : exchange.path("headers").properties()) {
      client = client.with(header.getKey(), header.getValue().asText());
    }
    return new Caller(client).send("POST", path, exchange.path("body").asText());
  }

  /** The cipher of the encrypted routes' requests. */
  static PayloadCipher cipher(String apiKey) {
    return new PayloadCiphers(1, new SecureRandom()).forRequest("3", new ApiKey(apiKey));
  }

  private static JsonNode require(int status, Reply reply) {
    if (reply.status() != status) {
      throw new IllegalStateException(reply.toString());
    }
    return reply.body();
  }

  private static ObjectNode features(@Nullable String identifier, ArrayNode... vectors) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode features = body.putArray("features");
    for (ArrayNode vector : vectors) {
      features.addObject().put("type", "face" + vector.size()).set("embedding_vector", vector);
    }
    if (identifier != null) {
      body.putObject("metadata").put("id", identifier);
    }
    return body;
  }

  private static ArrayNode vector(String person, int dimension) {
    Random random = new Random(person.hashCode());
    ArrayNode vector = JSON.createArrayNode();
    for (int i = 0; i < dimension; i++) {
      vector.add((float) Math.round(random.nextGaussian() * 1000) / 1000);
    }
    return vector;
  }

  private static void neverExpire(DynamoDbClient client) {
    String table = Tables.DEFAULT.data();
    for (Map<String, AttributeValue> item : client.scan(scan -> scan.tableName(table)).items()) {
      if (item.containsKey("expires")) {
        client.updateItem(
            update ->
                update
                    .tableName(table)
                    .key(Map.of("pk", item.get("pk"), "sk", item.get("sk")))
                    .updateExpression("SET expires = :expires")
                    .expressionAttributeValues(
                        Map.of(":expires", AttributeValue.fromN("" + EXPIRES.getEpochSecond()))));
      }
    }
  }

  private static void pack(Path root, Path zip) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream packed = new ZipOutputStream(out)) {
      packed.setLevel(9);
      for (Path file : files) {
        packed.putNextEntry(new ZipEntry(root.relativize(file).toString()));
        Files.copy(file, packed);
      }
    }
  }

  /** Unpacks the fixture of this name and returns {@code expected.json}. */
  static JsonNode unpack(String name, Path root) {
    try (InputStream in =
            requireNonNull(
                DataFolderFixture.class.getResourceAsStream("/dev/facet/local/fixtures/" + name));
        ZipInputStream packed = new ZipInputStream(in)) {
      for (ZipEntry entry = packed.getNextEntry(); entry != null; entry = packed.getNextEntry()) {
        Path file = root.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(packed, file);
      }
      return JSON.readTree(new String(Files.readAllBytes(root.resolve(EXPECTED)), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
