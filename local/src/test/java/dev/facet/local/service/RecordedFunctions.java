package dev.facet.local.service;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.facet.api.EnrolmentJobs;
import dev.facet.api.Wiring;
import dev.facet.api.tasks.DeadLetterHandler;
import dev.facet.api.tasks.EnrolmentWorkerHandler;
import dev.facet.api.tasks.SweepImagesHandler;
import dev.facet.aws.DynamoApplicationStore;
import dev.facet.aws.DynamoKeyStore;
import dev.facet.aws.FunctionClients;
import dev.facet.aws.FunctionEnvironment;
import dev.facet.aws.Tables;
import dev.facet.aws.faces.FaceServices;
import dev.facet.aws.telemetry.Telemetry;
import dev.facet.core.embeddings.MatchingRules;
import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faces.FaceCommand;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faces.wire.FaceEndpoint;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.gallery.GalleryLimits;
import dev.facet.core.jobs.DataKeys;
import dev.facet.core.jobs.SecretBackedKeys;
import dev.facet.core.keys.GatewayKeys;
import dev.facet.core.keys.KeyLifecycle;
import dev.facet.core.subjects.SubjectIds;
import dev.facet.keys.ApiGatewayKeys;
import dev.facet.keys.RepairKeysHandler;
import dev.facet.local.data.DataFolder;
import dev.facet.local.dynamodb.EmbeddedDynamo;
import dev.facet.local.lambda.Function;
import dev.facet.local.lambda.InProcessLambda;
import dev.facet.local.lambda.Lambda;
import dev.facet.local.s3.EmbeddedS3;
import dev.facet.local.sdk.ClientProxy;
import dev.facet.local.sqs.EmbeddedSqs;
import dev.facet.spec.ApiSpecification;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.GenerateMacRequest;
import software.amazon.awssdk.services.kms.model.GenerateMacResponse;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;

/**
 * All functions in this process with the wiring of Lambda, each on AWS clients that record its
 * calls. Tables, bucket and queues are the embedded ones; a face is text.
 */
final class RecordedFunctions implements AutoCloseable {

  static final Tables TABLES = new Tables("data", "keys", "ledger");

  private static final String FACE = "Face";

  /** Short, since a request waits until its end for a face function that fails. */
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(8);

  private static final Duration TASK_TIMEOUT = Duration.ofSeconds(28);

  private final CloseStack closing = new CloseStack();
  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock;
  private final EmbeddedDynamo dynamo;
  private final EmbeddedS3 s3;
  private final EmbeddedSqs sqs;
  private final StandInGateway gateway = new StandInGateway();
  private final SecretBackedKeys keys = new SecretBackedKeys(new byte[32], random);
  private final Map<String, String> environment = new TreeMap<>();
  private final Map<String, CallRecorder> recorders = new TreeMap<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Lambda requests;
  private final Lambda tasks;
  private final FaceEndpoint face;
  private final AtomicReference<TransientFault.@Nullable Kind> faceFault = new AtomicReference<>();

  RecordedFunctions(Path folder, InstantSource clock) {
    this.clock = clock;
    DataFolder data = closing.add(DataFolder.open(folder));
    dynamo = closing.add(EmbeddedDynamo.start(data, TABLES));
    s3 = closing.add(EmbeddedS3.start(data, FaceServiceFactory.BUCKET, random));
    sqs = closing.add(EmbeddedSqs.start(data, Duration.ofSeconds(1)));
    environment.put(FunctionEnvironment.DATA_TABLE, TABLES.data());
    environment.put(FunctionEnvironment.KEYS_TABLE, TABLES.keys());
    environment.put(FunctionEnvironment.LEDGER_TABLE, TABLES.ledger());
    environment.put(FunctionEnvironment.IMAGES_BUCKET, FaceServiceFactory.BUCKET);
    environment.put(FunctionEnvironment.FACE_FUNCTION, "face:live");
    environment.put(FunctionEnvironment.ENROL_QUEUE, sqs.queue());
    environment.put(FunctionEnvironment.DEAD_LETTERS, sqs.deadLetters());
    environment.put(FunctionEnvironment.JOB_KEY, "job-key");
    environment.put(FunctionEnvironment.JOB_MAC_KEY, "job-mac-key");
    face = face();
    requests = lambda(requests(), REQUEST_TIMEOUT);
    tasks = lambda(tasks(), TASK_TIMEOUT);
  }

  private Lambda lambda(Map<String, Function> functions, Duration timeout) {
    return closing.add(
        new InProcessLambda(
            functions,
            new Lambda.Timeouts(timeout, Duration.ofMinutes(1)),
            clock,
            UUID::randomUUID,
            new PrintStream(PrintStream.nullOutputStream())));
  }

  private Map<String, Function> requests() {
    Map<String, Function> functions = new TreeMap<>();
    for (String name : ApiSpecification.bundled().functions()) {
      functions.putAll(
          HandlerFactory.functions(
              List.of(name), wiring(name.replaceFirst(".*\\.", "")).services()));
    }
    return functions;
  }

  private Map<String, Function> tasks() {
    Map<String, Function> functions = new TreeMap<>();
    add(functions, worker());
    Wiring dead = wiring("DeadLetter");
    add(
        functions,
        Function.of(
            "DeadLetter",
            new DeadLetterHandler(dead.deadLetters(), clock, Telemetry.NONE),
            ScheduledEvent.class,
            Integer.class));
    Wiring sweep = wiring("SweepImages");
    add(
        functions,
        Function.of(
            "SweepImages",
            new SweepImagesHandler(sweep.images(), sweep.logSweeper(), Telemetry.NONE),
            ScheduledEvent.class,
            Integer.class));
    add(
        functions,
        Function.of(
            "RepairKeys",
            new RepairKeysHandler(repairing(recorder("RepairKeys")), Telemetry.NONE),
            ScheduledEvent.class,
            Integer.class));
    return functions;
  }

  private static void add(Map<String, Function> functions, Function function) {
    functions.put(function.name(), function);
  }

  private Function worker() {
    Wiring wiring = wiring("EnrolmentWorker");
    EnrolmentJobs jobs = wiring.jobs();
    return Function.of(
        "EnrolmentWorker",
        new EnrolmentWorkerHandler(wiring.worker(jobs), jobs.queue(), clock),
        SQSEvent.class,
        SQSBatchResponse.class);
  }

  private KeyLifecycle repairing(CallRecorder recorder) {
    DynamoDbClient records = recorder.around(DynamoDbClient.class, dynamo.client());
    return lifecycle(records, recorder.around(ApiGatewayClient.class, gateway), Clock.systemUTC());
  }

  private KeyLifecycle lifecycle(DynamoDbClient records, ApiGatewayClient keys, Clock time) {
    return new KeyLifecycle(
        new DynamoKeyStore(records, TABLES),
        new DynamoApplicationStore(records, TABLES),
        new ApiGatewayKeys(keys),
        time,
        random);
  }

  /** Returns the life cycle of keys as a command runs it, unrecorded, at another time. */
  KeyLifecycle lifecycleAt(Instant time) {
    return lifecycle(dynamo.client(), gateway, Clock.fixed(time, ZoneOffset.UTC));
  }

  /** Returns the gateway's keys, unrecorded. */
  GatewayKeys gatewayKeys() {
    return new ApiGatewayKeys(gateway);
  }

  private FaceEndpoint face() {
    CallRecorder recorder = recorder(FACE);
    FaceServices services =
        new FaceServices(
            recorder.around(DynamoDbClient.class, dynamo.client()), TABLES, clock, random);
    Recognition fakes = ServiceFixture.fakes();
    FaceService service =
        services.service(
            fakes.bundles(),
            services.galleries(GalleryLimits.unlimited(64 << 20)),
            services.images(
                recorder.around(S3Client.class, s3.client()), FaceServiceFactory.BUCKET),
            new FaceServices.Rules(SubjectIds.NEC_PREFIX, MatchingRules.DEFAULT));
    FaceService throttled =
        new FaceService() {
          @Override
          public <A extends FaceAnswer> A execute(FaceCommand<A> command) {
            TransientFault.Kind fault = faceFault.get();
            if (fault != null) {
              throw new TransientFault(fault, "on purpose");
            }
            return service.execute(command);
          }
        };
    return new FaceEndpoint(throttled, fault -> {});
  }

  private CallRecorder recorder(String function) {
    CallRecorder recorder = new CallRecorder(environment, refused::contains);
    recorders.put(function, recorder);
    return recorder;
  }

  private Wiring wiring(String function) {
    CallRecorder recorder = recorder(function);
    return Wiring.of(new FunctionEnvironment(environment), new Clients(recorder), clock);
  }

  /** Returns the embedded tables, unrecorded. */
  DynamoDbClient tables() {
    return dynamo.client();
  }

  /** Returns the embedded queues, unrecorded. */
  SqsClient queues() {
    return sqs.client();
  }

  String queue() {
    return sqs.queue();
  }

  String deadLetters() {
    return sqs.deadLetters();
  }

  /** Makes the face function fail from now on, or work again. */
  void failFace(TransientFault.@Nullable Kind fault) {
    faceFault.set(fault);
  }

  /** Runs a function while some calls are refused. */
  void invokeRefusing(String call, Runnable invocations) {
    refused.add(call);
    try {
      invocations.run();
    } finally {
      refused.remove(call);
    }
  }

  /** Answers a request by a function that the specification names. */
  byte[] request(String function, byte[] event) {
    return requests.invoke(function, event);
  }

  /** Runs a function of the queue or of a schedule. */
  void run(String function, byte[] event) {
    tasks.invoke(function, event);
  }

  /** Returns the calls of each function, by its simple name. */
  SortedMap<String, Set<String>> calls() {
    return recorders.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                recorder -> recorder.getValue().calls(),
                (one, other) -> one,
                TreeMap::new));
  }

  @Override
  public void close() {
    closing.close();
  }

  /** The clients of one function. */
  private final class Clients implements FunctionClients {

    private final CallRecorder recorder;

    private Clients(CallRecorder recorder) {
      this.recorder = recorder;
    }

    @Override
    public DynamoDbClient dynamoDb() {
      return recorder.around(DynamoDbClient.class, dynamo.client());
    }

    @Override
    public KmsClient kms() {
      return recorder.around(KmsClient.class, new Kms(keys));
    }

    @Override
    public LambdaClient lambda() {
      return recorder.around(LambdaClient.class, new Invoke(face));
    }

    @Override
    public S3Client s3() {
      return recorder.around(S3Client.class, s3.client());
    }

    @Override
    public SqsClient sqs() {
      return recorder.around(
          SqsClient.class, ClientProxy.around(SqsClient.class, sqs.client(), Clients::single));
    }

    /** Leaves out the batch that the embedded queues do not know; its messages stay hidden. */
    private static SdkResponse single(SdkRequest request, ClientProxy.Next next) {
      return request instanceof ChangeMessageVisibilityBatchRequest
          ? ChangeMessageVisibilityBatchResponse.builder().build()
          : next.send(request);
    }

    @Override
    public SqsClient sqsSends() {
      return sqs();
    }
  }

  /** Invokes the face function in this process. */
  private record Invoke(FaceEndpoint face) implements LambdaClient {

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
      return InvokeResponse.builder()
          .statusCode(200)
          .payload(SdkBytes.fromByteArray(face.reply(request.payload().asByteArray())))
          .build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  /** KMS's keys from a local secret. */
  private record Kms(SecretBackedKeys keys) implements KmsClient {

    @Override
    public GenerateMacResponse generateMac(GenerateMacRequest request) {
      byte[] mac = keys.compute(request.message().asByteArray());
      return GenerateMacResponse.builder().mac(SdkBytes.fromByteArray(mac)).build();
    }

    @Override
    public GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest request) {
      DataKeys.DataKey key = keys.create(context(request.encryptionContext()));
      return GenerateDataKeyResponse.builder()
          .plaintext(SdkBytes.fromByteArray(key.key()))
          .ciphertextBlob(SdkBytes.fromByteArray(key.wrapped()))
          .build();
    }

    @Override
    public DecryptResponse decrypt(DecryptRequest request) {
      byte[] wrapped = request.ciphertextBlob().asByteArray();
      byte[] plain = keys.unwrap(wrapped, context(request.encryptionContext()));
      return DecryptResponse.builder().plaintext(SdkBytes.fromByteArray(plain)).build();
    }

    private static String context(Map<String, String> context) {
      return new TreeMap<>(context).toString();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
