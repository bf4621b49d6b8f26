package dev.facet.local.dynamodb;

import static dev.facet.core.fakes.FakeFaces.photo;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.aws.DynamoApplicationStore;
import dev.facet.aws.DynamoJobStore;
import dev.facet.aws.Tables;
import dev.facet.aws.faces.FaceServices;
import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.bundle.ScoreMap;
import dev.facet.core.embeddings.MatchingRules;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.faces.CallContext;
import dev.facet.core.faces.FaceAnswer.Enrolled;
import dev.facet.core.faces.FaceCommand;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faces.ImageBundle;
import dev.facet.core.faces.ImageBundles;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.gallery.GalleryLimits;
import dev.facet.core.gallery.Template;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.jobs.JobId;
import dev.facet.core.jobs.JobState;
import dev.facet.core.subjects.SubjectId;
import dev.facet.core.subjects.SubjectIds;
import dev.facet.local.data.DataFolder;
import dev.facet.local.s3.EmbeddedS3;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The bytes of deleted and replaced templates are in no store after the sweep, and in no file after
 * the compaction of the database. Queue messages live for 14 days and are not looked at.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ErasedTemplatesIT {

  private static final String BUCKET = "images";
  private static final ModelVersion VERSION = new ModelVersion("FACE3_1");
  private static final List<String> FORMS =
      List.of("little-endian", "big-endian", "base64 of little-endian", "base64 of big-endian");

  private final SecureRandom random = new SecureRandom();
  private final Clock clock = Clock.systemUTC();
  private final Application application =
      Application.withDefaults(new ApplicationId(UUID.randomUUID())).keepingImages(true);
  private final Template replaced = FakeFaces.template("ann", "1");
  private final Template current = FakeFaces.template("ann", "2");
  private final Template deleted = FakeFaces.template("bob", "1");
  private final Template person = FakeFaces.template("cid", "1");

  @TempDir private Path folder;

  @Test
  void templates_are_in_the_files_until_they_are_erased() throws IOException {
    try (DatabaseCompaction compaction = DatabaseCompaction.before(folder);
        EmbeddedDynamo dynamo = EmbeddedDynamo.start(folder, Tables.DEFAULT);
        DataFolder data = DataFolder.open(folder.resolve("data"));
        EmbeddedS3 s3 = EmbeddedS3.start(data, BUCKET, random)) {
      FaceServices services = new FaceServices(dynamo.client(), Tables.DEFAULT, clock, random);
      FaceService early = faces(services, s3);
      assertThatThrownBy(() -> register(early, "ann/1"))
          .hasMessage("The application of this request does not exist.");
      new DynamoApplicationStore(dynamo.client(), Tables.DEFAULT).put(null, application);
      FaceService faces = faces(services, s3);
      SubjectId ann = register(faces, "ann/1");
      SubjectId bob = register(faces, "bob/1");
      Enrolled cid =
          faces.execute(new FaceCommand.EnrolFeatures(call(), VERSION, List.of(person), "cid"));
      new DynamoJobStore(dynamo.client(), Tables.DEFAULT, clock)
          .settle(job(), new JobState.Done(cid));
      for (Template template : List.of(replaced, deleted, person)) {
        assertThat(formsIn(items(dynamo), template)).isNotEmpty();
        assertThat(formsIn(files(), template)).isNotEmpty();
      }

      faces.execute(new FaceCommand.Update(call(), ann, photo("ann/2")));
      faces.execute(new FaceCommand.Delete(call(), bob));
      faces.execute(new FaceCommand.DeletePerson(call(), VERSION, cid.person().puid()));
      for (Template template : List.of(replaced, deleted, person)) {
        assertThat(formsIn(items(dynamo), template)).as("before the sweep").isNotEmpty();
      }

      compaction.after(services.logSweeper()::sweep);
      for (Template template : List.of(replaced, deleted, person)) {
        assertThat(formsIn(items(dynamo), template)).as("after the sweep").isEmpty();
      }
      assertThat(formsIn(items(dynamo), current)).isNotEmpty();
    }
    for (Template template : List.of(replaced, deleted, person)) {
      assertThat(formsIn(files(), template)).as("after the compaction").isEmpty();
    }
    assertThat(formsIn(files(), current)).isNotEmpty();
    try (EmbeddedDynamo dynamo = EmbeddedDynamo.start(folder, Tables.DEFAULT)) {
      assertThat(formsIn(items(dynamo), current)).isNotEmpty();
    }
  }

  @Test
  void a_request_survives_the_process_that_made_it() throws IOException {
    DatabaseCompaction first = DatabaseCompaction.before(folder);
    first.after(() -> 0);
    assertThat(folder).isEmptyDirectory();
    first.after(() -> 1);
    first.after(() -> 0);
    assertThat(folder.resolve("compact")).exists();
    try (EmbeddedDynamo dynamo = EmbeddedDynamo.start(folder, Tables.DEFAULT)) {
      assertThat(dynamo.client().listTables().tableNames()).isNotEmpty();
    }
    DatabaseCompaction.before(folder);
    assertThat(folder.resolve("compact")).doesNotExist();
    try (EmbeddedDynamo dynamo = EmbeddedDynamo.start(folder, Tables.DEFAULT)) {
      assertThat(dynamo.client().listTables().tableNames()).isNotEmpty();
    }
  }

  private FaceService faces(FaceServices services, EmbeddedS3 s3) {
    return services.service(
        ImageBundles.of(new ImageBundle(new FakeFaces(), ScoreMap.calibratedAt(0.4))),
        services.galleries(GalleryLimits.unlimited(64 << 20)),
        services.images(s3.client(), BUCKET),
        new FaceServices.Rules(SubjectIds.NEC_PREFIX, MatchingRules.DEFAULT));
  }

  private SubjectId register(FaceService faces, String face) {
    return faces.execute(new FaceCommand.Register(call(), photo(face))).subject();
  }

  private CallContext call() {
    return new CallContext(
        application,
        new OperationId(UUID.randomUUID().toString()),
        "digest",
        Instant.now().plusSeconds(60),
        "correlation");
  }

  /** The id's bytes: format, form, time, application, random number, MAC. */
  private static JobId job() {
    byte[] bytes = new byte[50];
    bytes[0] = 1;
    bytes[1] = 1;
    return JobId.parse(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private static List<String> items(EmbeddedDynamo dynamo) {
    return Stream.of(Tables.DEFAULT.data(), Tables.DEFAULT.keys())
        .flatMap(
            table -> dynamo.client().scanPaginator(scan -> scan.tableName(table)).items().stream())
        .flatMap(item -> binaries(item.toString(), item.values()))
        .toList();
  }

  private static Stream<String> binaries(String text, Collection<AttributeValue> values) {
    return Stream.concat(
        Stream.of(text),
        values.stream()
            .flatMap(
                value ->
                    switch (value.type()) {
                      case B -> Stream.of(value.b().asString(ISO_8859_1));
                      case L -> binaries("", value.l());
                      case M -> binaries("", value.m().values());
                      default -> Stream.empty();
                    }));
  }

  private List<String> files() throws IOException {
    List<String> contents = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        contents.add(new String(Files.readAllBytes(path), ISO_8859_1));
      }
    }
    return contents;
  }

  /** Returns the forms of a template that some text holds, each by a part of it. */
  private static List<String> formsIn(List<String> texts, Template template) {
    byte[] little = bytes(template, ByteOrder.LITTLE_ENDIAN);
    byte[] big = bytes(template, ByteOrder.BIG_ENDIAN);
    List<List<String>> searched =
        List.of(parts(little), parts(big), base64Parts(little), base64Parts(big));
    List<String> found = new ArrayList<>();
    for (int form = 0; form < searched.size(); form++) {
      if (searched.get(form).stream()
          .anyMatch(part -> texts.stream().anyMatch(text -> text.contains(part)))) {
        found.add(FORMS.get(form));
      }
    }
    return found;
  }

  private static byte[] bytes(Template template, ByteOrder order) {
    ByteBuffer buffer = ByteBuffer.allocate(template.dimension() * Float.BYTES).order(order);
    buffer.asFloatBuffer().put(template.vector());
    return buffer.array();
  }

  /** Pages of the database hold parts of a large item. */
  private static List<String> parts(byte[] bytes) {
    List<String> parts = new ArrayList<>();
    for (int from = 0; from + 32 <= bytes.length; from += 32) {
      parts.add(new String(Arrays.copyOfRange(bytes, from, from + 32), ISO_8859_1));
    }
    return parts;
  }

  private static List<String> base64Parts(byte[] bytes) {
    List<String> parts = new ArrayList<>();
    for (int from = 0; from + 33 <= bytes.length; from++) {
      parts.add(Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, from, from + 33)));
      from += 10;
    }
    return parts;
  }
}
