package dev.facet.core.faces.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.core.applications.Application;
import dev.facet.core.applications.Application.EnrolAnswer;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.faces.Box;
import dev.facet.core.faces.CallContext;
import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faces.FaceAnswer.BatchResult;
import dev.facet.core.faces.FaceAnswer.Person;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.faces.FaceCommand;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faces.Point;
import dev.facet.core.faults.BundleUnavailable;
import dev.facet.core.faults.CallerFault;
import dev.facet.core.faults.CallerFault.AuthenticationFailed;
import dev.facet.core.faults.CallerFault.DuplicateRequest;
import dev.facet.core.faults.CallerFault.EnrolmentFailed;
import dev.facet.core.faults.CallerFault.GalleryFull;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.CallerFault.MultipleFaces;
import dev.facet.core.faults.CallerFault.NoFace;
import dev.facet.core.faults.CallerFault.PoorQuality;
import dev.facet.core.faults.CallerFault.SubjectNotFound;
import dev.facet.core.faults.CallerFault.UndecryptablePayload;
import dev.facet.core.faults.Fault;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.StorageUnavailable;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.gallery.Template;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.subjects.PersonId;
import dev.facet.core.subjects.SubjectId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FaceWireTest {

  private static final CallContext CALL =
      new CallContext(
          new Application(new ApplicationId(new UUID(1, 2)), 0.45, 7000, true, EnrolAnswer.AWAIT),
          new OperationId("op-1"),
          "d1",
          Instant.parse("2026-01-01T00:00:20.5Z"),
          "correlation-1");
  private static final SubjectId SUBJECT = new SubjectId("necidguid-1");
  private static final FaceAttributes SEEN =
      new FaceAttributes(
          new Box(1, 2, 3, 4),
          new Box(0, 0, 5, 6),
          new Point(1.5, 2),
          new Point(2.5, 2),
          0.9,
          4.93922,
          -9.25,
          7,
          0.99,
          0.83);

  private static final ModelVersion VERSION = new ModelVersion("FACE3_1");
  private static final List<Template> TEMPLATES =
      List.of(Template.normalised("face", new float[] {3, -4, 0}));
  private static final PersonId PUID = new PersonId("KW4i4cGr-fv76-YqIE-w7fA-UrAt0FcVyY2q");
  private static final PersonId GUID = new PersonId("00000000-fv76-YqIE-w7fA-UrAt0FcVyY2q");
  private static final Person PERSON = new Person(PUID, GUID, 0.25);

  private static final List<FaceCommand<?>> COMMANDS =
      List.of(
          new FaceCommand.Register(CALL, "image"),
          new FaceCommand.Update(CALL, SUBJECT, "image"),
          new FaceCommand.Delete(CALL, SUBJECT),
          new FaceCommand.Extract(CALL, "image"),
          new FaceCommand.Search(CALL, "image", 7000, 10),
          new FaceCommand.Verify(CALL, "image", SUBJECT),
          new FaceCommand.EnrolFeatures(CALL, VERSION, TEMPLATES, "ann"),
          new FaceCommand.EnrolBatch(
              CALL, List.of(new FaceCommand.EnrolFeatures(CALL, VERSION, TEMPLATES, null))),
          new FaceCommand.PredictFeatures(CALL, VERSION, TEMPLATES, null, 3),
          new FaceCommand.DeletePerson(CALL, VERSION, PUID));
  static final List<FaceAnswer> ANSWERS =
      List.of(
          new FaceAnswer.Registered(SUBJECT, SEEN),
          new FaceAnswer.Deleted(SUBJECT),
          new FaceAnswer.Extracted(List.of(SEEN)),
          new FaceAnswer.Found(List.of(new FaceAnswer.Candidate(SUBJECT, 9123)), SEEN),
          new FaceAnswer.Verified(SUBJECT, 9123),
          new FaceAnswer.Enrolled(PERSON, true),
          new FaceAnswer.EnrolledBatch(
              List.of(new BatchResult.Done(new FaceAnswer.Enrolled(PERSON, true)))),
          new FaceAnswer.Recognised(List.of(PERSON), 2),
          new FaceAnswer.Forgotten(PUID));

  /** Operations record the answers of single enrolments. */
  static final List<FaceAnswer> STORED_ANSWERS =
      ANSWERS.stream().filter(answer -> !(answer instanceof FaceAnswer.EnrolledBatch)).toList();

  private static final List<Fault> FAULTS =
      List.of(
          new InvalidRequest("face is no image."),
          new NoFace(),
          new MultipleFaces(),
          new PoorQuality("sharpness", 0.3125, 0.45),
          new SubjectNotFound(),
          new DuplicateRequest(),
          new GalleryFull(40_000),
          new UndecryptablePayload("features can't be read."),
          new EnrolmentFailed(),
          new AuthenticationFailed(),
          new TransientFault(TransientFault.Kind.CONFLICT, "others kept winning"),
          new StorageUnavailable("the folder needs space"),
          new BundleUnavailable("add tiny-4 to the setting bundles"),
          new InternalFault("damaged"));

  private final FaceWire wire = new FaceWire();

  @Test
  void every_kind_has_a_sample_here() {
    assertThat(COMMANDS).extracting(Object::getClass).isEqualTo(leaves(FaceCommand.class));
    assertThat(ANSWERS).extracting(Object::getClass).isEqualTo(leaves(FaceAnswer.class));
    assertThat(FAULTS)
        .extracting(Object::getClass)
        .hasSameElementsAs(
            Stream.of(
                    CallerFault.class,
                    TransientFault.class,
                    StorageUnavailable.class,
                    BundleUnavailable.class,
                    InternalFault.class)
                .flatMap(type -> leaves(type).stream())
                .toList());
  }

  /** Functions of different versions meet during a deployment: this format may only grow. */
  @Test
  void the_format_is_the_one_on_record() {
    Stream<byte[]> messages =
        Stream.of(
                COMMANDS.stream().map(wire::encode),
                ANSWERS.stream().map(wire::encode),
                FAULTS.stream().map(wire::encode))
            .flatMap(Function.identity());

    assertThat(messages.map(bytes -> new String(bytes, UTF_8)).collect(Collectors.joining("\n")))
        .isEqualTo(resource("schema-1.jsonl").strip());
  }

  @Test
  void the_format_on_record_is_read() {
    List<byte[]> lines =
        resource("schema-1.jsonl").strip().lines().map(line -> line.getBytes(UTF_8)).toList();
    int commands = COMMANDS.size();
    int answers = commands + ANSWERS.size();
    for (int i = 0; i < lines.size(); i++) {
      byte[] line = lines.get(i);
      if (i < commands) {
        assertThat(wire.decodeCommand(line)).isEqualTo(COMMANDS.get(i));
      } else if (i < answers) {
        assertThat(wire.decodeAnswer(line)).isEqualTo(ANSWERS.get(i - commands));
      } else {
        assertThatThrownBy(() -> wire.decodeAnswer(line))
            .isExactlyInstanceOf(FAULTS.get(i - answers).getClass());
      }
    }
  }

  @Test
  void every_fault_of_a_batch_arrives_as_itself() {
    FaceAnswer.EnrolledBatch batch =
        new FaceAnswer.EnrolledBatch(
            FAULTS.stream().<BatchResult>map(BatchResult.Failed::new).toList());
    FaceAnswer.EnrolledBatch arrived =
        (FaceAnswer.EnrolledBatch) wire.decodeAnswer(wire.encode(batch));
    assertThat(arrived.results())
        .extracting(result -> ((BatchResult.Failed) result).fault())
        .<Object>extracting(Object::getClass)
        .isEqualTo(FAULTS.stream().map(Object::getClass).toList());
    assertThat(arrived.results())
        .extracting(result -> ((BatchResult.Failed) result).fault().reason())
        .isEqualTo(FAULTS.stream().map(Fault::reason).toList());
  }

  @Test
  void a_batch_without_results_is_refused() {
    String batch = "{\"schema\":1,\"kind\":\"EnrolledBatch\",\"value\":{}}";
    assertThatThrownBy(() -> wire.decodeAnswer(batch.getBytes(UTF_8)))
        .isInstanceOf(InternalFault.class);
  }

  @Test
  void a_patience_is_written_where_a_call_has_one_and_read_where_it_is_absent() {
    FaceCommand<?> patient =
        new FaceCommand.Delete(CALL.withPatience(Instant.parse("2026-01-01T00:00:02.5Z")), SUBJECT);
    String golden = resource("schema-1-patience.jsonl").strip();
    assertThat(new String(wire.encode(patient), UTF_8)).isEqualTo(golden);
    assertThat(wire.decodeCommand(golden.getBytes(UTF_8))).isEqualTo(patient);
    assertThat(new String(wire.encode(COMMANDS.get(2)), UTF_8)).doesNotContain("patience");
  }

  @Test
  void a_norm_is_written_where_it_is_known_and_read_where_it_is_absent() {
    Template measured = Template.measured("face", new float[] {3, -4, 0});
    FaceCommand<?> command = new FaceCommand.EnrolFeatures(CALL, VERSION, List.of(measured), "ann");
    String golden = resource("schema-1-norm.jsonl").strip();
    assertThat(new String(wire.encode(command), UTF_8)).isEqualTo(golden);
    assertThat(wire.decodeCommand(golden.getBytes(UTF_8))).isEqualTo(command);
    assertThat(wire.decodeCommand(golden.replace(",\"norm\":5.0", "").getBytes(UTF_8)))
        .isEqualTo(new FaceCommand.EnrolFeatures(CALL, VERSION, TEMPLATES, "ann"));
  }

  @Test
  void a_face_that_is_not_measurable_arrives_as_such() {
    PoorQuality unmeasurable = PoorQuality.notMeasurable("motion blur");
    String golden = resource("schema-1-measurable.jsonl").strip();
    assertThat(new String(wire.encode(unmeasurable), UTF_8)).isEqualTo(golden);
    assertThatThrownBy(() -> wire.decodeAnswer(golden.getBytes(UTF_8)))
        .hasMessage("The face is not measurable: motion blur.")
        .isInstanceOfSatisfying(PoorQuality.class, poor -> assertThat(poor.measurable()).isFalse());
    String older = golden.replace(",\"measurable\":false", "");
    assertThatThrownBy(() -> wire.decodeAnswer(older.getBytes(UTF_8)))
        .hasMessage("Face quality 0.00 is below 1.00: insufficient motion blur.");
  }

  @Test
  void the_components_of_quality_are_written_where_they_were_asked_for() {
    FaceCommand<?> command = new FaceCommand.Extract(CALL, "image", true);
    FaceAnswer answer = new FaceAnswer.Extracted(List.of(SEEN.with(Map.of("contrast", 0.5))));
    List<String> golden = resource("schema-1-quality.jsonl").lines().toList();

    assertThat(new String(wire.encode(command), UTF_8)).isEqualTo(golden.getFirst());
    assertThat(new String(wire.encode(answer), UTF_8)).isEqualTo(golden.getLast());
    assertThat(wire.decodeCommand(golden.getFirst().getBytes(UTF_8))).isEqualTo(command);
    assertThat(wire.decodeAnswer(golden.getLast().getBytes(UTF_8))).isEqualTo(answer);
  }

  @Property(tries = 200)
  void a_command_arrives_as_it_was_sent(@ForAll("commands") FaceCommand<?> command) {
    assertThat(wire.decodeCommand(wire.encode(command))).isEqualTo(command);
  }

  @Property(tries = 200)
  void an_answer_arrives_as_it_was_given(@ForAll("answers") FaceAnswer answer) {
    assertThat(wire.decodeReply(commandFor(answer), wire.encode(answer))).isEqualTo(answer);
  }

  @Test
  void a_fault_arrives_as_itself() {
    for (Fault fault : FAULTS) {
      assertThatThrownBy(() -> wire.decodeReply(COMMANDS.getFirst(), wire.encode(fault)))
          .isExactlyInstanceOf(fault.getClass())
          .hasMessage(fault.reason());
    }
    assertThatThrownBy(
            () ->
                wire.decodeReply(
                    COMMANDS.getFirst(), wire.encode(new PoorQuality("size", 0.25, 0.5))))
        .isInstanceOfSatisfying(
            PoorQuality.class,
            poor -> {
              assertThat(poor.component()).isEqualTo("size");
              assertThat(poor.quality()).isEqualTo(0.25);
              assertThat(poor.floor()).isEqualTo(0.5);
            });
  }

  @Test
  void a_transient_fault_keeps_its_kind() {
    for (TransientFault.Kind kind : TransientFault.Kind.values()) {
      byte[] bytes = wire.encode(new TransientFault(kind, "passing"));
      assertThatThrownBy(() -> wire.decodeReply(COMMANDS.getFirst(), bytes))
          .isInstanceOfSatisfying(
              TransientFault.class, fault -> assertThat(fault.kind()).isEqualTo(kind));
    }
  }

  @Test
  void the_answer_to_another_command_is_a_fault_of_ours() {
    byte[] deleted = wire.encode(new FaceAnswer.Deleted(SUBJECT));

    assertThatThrownBy(() -> wire.decodeReply(new FaceCommand.Extract(CALL, "image"), deleted))
        .isInstanceOf(InternalFault.class);
  }

  @Property(tries = 200)
  void damaged_bytes_are_a_fault_of_ours_and_are_not_quoted(@ForAll byte[] noise) {
    byte[] command = wire.encode(new FaceCommand.Delete(CALL, new SubjectId("not-to-be-seen")));
    byte[] cut = Arrays.copyOf(command, command.length - 1 - noise.length % 50);

    for (byte[] damaged : List.of(noise, cut)) {
      assertThatThrownBy(() -> wire.decodeCommand(damaged))
          .isInstanceOf(InternalFault.class)
          .hasNoCause()
          .hasMessageNotContaining("not-to-be-seen");
    }
  }

  @Test
  void another_schema_is_refused_and_an_unknown_property_ignored() {
    String delete = new String(wire.encode(new FaceCommand.Delete(CALL, SUBJECT)), UTF_8);

    assertThatThrownBy(
            () ->
                wire.decodeCommand(delete.replace("\"schema\":1", "\"schema\":2").getBytes(UTF_8)))
        .isInstanceOf(InternalFault.class)
        .hasMessageContaining("replace this version");
    assertThatThrownBy(
            () ->
                wire.decodeCommand(delete.replace("\"schema\":1", "\"schema\":0").getBytes(UTF_8)))
        .isInstanceOf(InternalFault.class)
        .hasMessageNotContaining("replace this version");
    assertThat(
            wire.decodeCommand(
                delete.replace("\"subject\":", "\"news\":1,\"subject\":").getBytes(UTF_8)))
        .isEqualTo(new FaceCommand.Delete(CALL, SUBJECT));
    assertThatThrownBy(
            () -> wire.decodeCommand(delete.replace("\"subject\"", "\"renamed\"").getBytes(UTF_8)))
        .isInstanceOf(InternalFault.class);
  }

  @Test
  void a_missing_property_is_refused_and_a_null_unless_it_is_allowed() throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (FaceCommand<?> command : COMMANDS) {
      JsonNode message = json.readTree(wire.encode(command));
      for (String property : names(message.get("value").fieldNames())) {
        ObjectNode missing = message.deepCopy();
        ((ObjectNode) missing.get("value")).remove(property);
        assertThatThrownBy(() -> wire.decodeCommand(json.writeValueAsBytes(missing)))
            .isInstanceOf(InternalFault.class);

        ObjectNode unset = message.deepCopy();
        ((ObjectNode) unset.get("value")).putNull(property);
        byte[] bytes = json.writeValueAsBytes(unset);
        if (property.equals("identifier") || property.equals("userIdentifier")) {
          assertThat(json.readTree(wire.encode(wire.decodeCommand(bytes)))).isEqualTo(unset);
        } else if (!message.get("value").get(property).isNumber()) {
          assertThatThrownBy(() -> wire.decodeCommand(bytes)).isInstanceOf(InternalFault.class);
        }
      }
    }
  }

  private static List<String> names(Iterator<String> names) {
    List<String> list = new ArrayList<>();
    names.forEachRemaining(list::add);
    return list;
  }

  @Test
  void the_remote_service_is_the_service_behind_the_endpoint() {
    FaceService service =
        new FaceService() {
          @Override
          public <A extends FaceAnswer> A execute(FaceCommand<A> command) {
            if (command instanceof FaceCommand.Verify) {
              throw new InternalFault("damaged", new IOException("the cause"));
            }
            @SuppressWarnings("unchecked")
            A answer = (A) new FaceAnswer.Extracted(List.of(SEEN));
            return answer;
          }
        };
    List<InternalFault> ours = new ArrayList<>();
    List<Instant> deadlines = new ArrayList<>();
    FaceEndpoint endpoint = new FaceEndpoint(service, ours::add);
    FaceService remote =
        new RemoteFaceService(
            (command, deadline) -> {
              deadlines.add(deadline);
              return endpoint.reply(command);
            });

    assertThat(remote.execute(new FaceCommand.Extract(CALL, "image")).faces())
        .containsExactly(SEEN);
    assertThatThrownBy(() -> remote.execute(new FaceCommand.Verify(CALL, "image", SUBJECT)))
        .isInstanceOf(InternalFault.class)
        .hasNoCause();
    assertThat(ours.getFirst()).hasRootCauseMessage("the cause");
    assertThat(deadlines).containsOnly(CALL.deadline());
  }

  @Provide
  Arbitrary<FaceCommand<?>> commands() {
    return Combinators.combine(
            Arbitraries.integers().between(0, COMMANDS.size() - 1),
            Arbitraries.strings(),
            Arbitraries.integers().between(0, 9999),
            Arbitraries.longs())
        .as(
            (kind, text, number, bits) -> {
              CallContext call =
                  new CallContext(
                      new Application(
                          new ApplicationId(new UUID(bits, number)),
                          number / 9999.0,
                          number,
                          bits % 2 == 0,
                          EnrolAnswer.values()[number % 2]),
                      new OperationId("op-" + bits),
                      text,
                      Instant.ofEpochMilli(bits >> 20),
                      text);
              SubjectId subject = new SubjectId(text);
              return switch (COMMANDS.get(kind)) {
                case FaceCommand.Register it -> new FaceCommand.Register(call, text);
                case FaceCommand.Update it -> new FaceCommand.Update(call, subject, text);
                case FaceCommand.Delete it -> new FaceCommand.Delete(call, subject);
                case FaceCommand.Extract it -> new FaceCommand.Extract(call, text, number % 2 == 0);
                case FaceCommand.Search it -> new FaceCommand.Search(call, text, number, 50);
                case FaceCommand.Verify it -> new FaceCommand.Verify(call, text, subject);
                case FaceCommand.EnrolFeatures it ->
                    new FaceCommand.EnrolFeatures(
                        call, VERSION, List.of(template(bits), template(number)), name(text));
                case FaceCommand.EnrolBatch it ->
                    new FaceCommand.EnrolBatch(
                        call,
                        List.of(
                            new FaceCommand.EnrolFeatures(
                                call, VERSION, List.of(template(bits)), name(text)),
                            new FaceCommand.EnrolFeatures(
                                call, VERSION, List.of(template(number)), null)));
                case FaceCommand.PredictFeatures it ->
                    new FaceCommand.PredictFeatures(
                        call, VERSION, List.of(template(bits)), name(text), number);
                case FaceCommand.DeletePerson it ->
                    new FaceCommand.DeletePerson(call, VERSION, PersonId.random(new Random(bits)));
              };
            });
  }

  @Provide
  Arbitrary<FaceAnswer> answers() {
    return Combinators.combine(
            Arbitraries.of(ANSWERS),
            Arbitraries.strings(),
            Arbitraries.doubles(),
            Arbitraries.integers().between(0, 9999))
        .as(
            (kind, text, real, number) -> {
              SubjectId subject = new SubjectId(text);
              Box box = new Box(-number, number, number + 1, number + 2);
              Point point = new Point(real, -real);
              FaceAttributes seen =
                  new FaceAttributes(
                      box, box, point, point, real, real, -real, real / 3, real, real / 7);
              return switch (kind) {
                case FaceAnswer.Registered it -> new FaceAnswer.Registered(subject, seen);
                case FaceAnswer.Deleted it -> new FaceAnswer.Deleted(subject);
                case FaceAnswer.Extracted it -> new FaceAnswer.Extracted(List.of(seen, SEEN));
                case FaceAnswer.Found it ->
                    new FaceAnswer.Found(List.of(new FaceAnswer.Candidate(subject, number)), seen);
                case FaceAnswer.Verified it -> new FaceAnswer.Verified(subject, number);
                case FaceAnswer.Enrolled it ->
                    new FaceAnswer.Enrolled(new Person(PUID, GUID, real), number % 2 == 0);
                case FaceAnswer.EnrolledBatch it ->
                    new FaceAnswer.EnrolledBatch(
                        List.of(
                            new BatchResult.Done(
                                new FaceAnswer.Enrolled(
                                    new Person(PUID, GUID, real), number % 2 == 0))));
                case FaceAnswer.Recognised it ->
                    new FaceAnswer.Recognised(List.of(new Person(GUID, PUID, real)), number);
                case FaceAnswer.Forgotten it -> new FaceAnswer.Forgotten(GUID);
              };
            });
  }

  /** Any coordinates, negative zero and the smallest ones too. */
  private static Template template(long seed) {
    Random random = new Random(seed);
    float[] vector = new float[1 + random.nextInt(512)];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = i % 7 == 1 ? -0f : (float) (random.nextGaussian() / (1L << random.nextInt(60)));
    }
    vector[0] = 1;
    return Template.normalised("factor", vector);
  }

  private static @Nullable String name(String text) {
    return text.length() % 2 == 0 ? text : null;
  }

  private static FaceCommand<?> commandFor(FaceAnswer answer) {
    return switch (answer) {
      case FaceAnswer.Registered it -> COMMANDS.get(0);
      case FaceAnswer.Deleted it -> COMMANDS.get(2);
      case FaceAnswer.Extracted it -> COMMANDS.get(3);
      case FaceAnswer.Found it -> COMMANDS.get(4);
      case FaceAnswer.Verified it -> COMMANDS.get(5);
      case FaceAnswer.Enrolled it -> COMMANDS.get(6);
      case FaceAnswer.EnrolledBatch it -> COMMANDS.get(7);
      case FaceAnswer.Recognised it -> COMMANDS.get(8);
      case FaceAnswer.Forgotten it -> COMMANDS.get(9);
    };
  }

  private static List<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).<Class<?>>map(c -> c).toList()
        : List.of(type);
  }

  static String resource(String name) {
    try (InputStream in = FaceWireTest.class.getResourceAsStream(name)) {
      return in == null ? "" : new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
