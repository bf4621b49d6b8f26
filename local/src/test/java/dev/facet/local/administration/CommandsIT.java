package dev.facet.local.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.applications.ApplicationSettings;
import dev.facet.core.fakes.InMemoryApplications;
import dev.facet.core.fakes.InMemoryKeys;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.keys.KeyAdministration;
import dev.facet.core.keys.KeyLifecycle;
import dev.facet.core.plans.UsagePlan;
import dev.facet.local.administration.CommandRunner.Shown;
import dev.facet.local.apigateway.keys.LocalGatewayKeys;
import dev.facet.local.data.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** The commands on a folder that no service uses. */
class CommandsIT {

  @TempDir private Path data;
  private CommandRunner facet;

  @BeforeEach
  void commands() {
    facet = new CommandRunner(data);
  }

  @AfterEach
  void theFolderIsFreeAgain() {
    OpenedFolder.open(data).close();
  }

  @Test
  void a_key_is_created_listed_shown_disabled_enabled_and_deleted() {
    JsonNode principal = facet.json("principals", "create", "--name", "ann");
    JsonNode plan =
        facet.json(
            "plans",
            "create",
            "--rate",
            "5",
            "--burst",
            "7",
            "--quota",
            "100/week",
            "--name",
            "gold",
            "--product",
            "prod-1");
    assertThat(plan.path("quota").asText()).isEqualTo("100/week");

    JsonNode created =
        facet.json(
            "keys",
            "create",
            "--customer",
            "acme",
            "--api",
            "a1b2c3",
            "--plan",
            plan.path("id").asText(),
            "--principal",
            principal.path("arn").asText());
    String id = created.path("id").asText();
    assertThat(created.path("apiKey").asText()).matches("facet[A-Za-z0-9]{30}");
    assertThat(created.path("customerId").asText()).isEqualTo("acme");
    assertThat(created.path("apiId").asText()).isEqualTo("a1b2c3");
    assertThat(created.path("usagePlanId").asText()).isEqualTo(plan.path("id").asText());
    assertThat(created.path("productCode").asText()).isEqualTo("prod-1");
    assertThat(created.path("principalId").asText())
        .isEqualTo(principal.path("principalId").asText())
        .startsWith("AIDA");
    assertThat(created.path("status").asText()).isEqualTo("active");

    JsonNode shown = facet.json("keys", "show", id);
    assertThat(shown.has("apiKey")).isFalse();
    assertThat(facet.json("keys", "list")).containsExactly(shown);
    assertThat(facet.run("keys", "list").out().lines())
        .hasSize(2)
        .element(1)
        .asString()
        .startsWith(id + "  active  acme");
    assertThat(facet.json("keys", "disable", id).path("status").asText()).isEqualTo("disabled");
    assertThat(facet.json("keys", "enable", id).path("status").asText()).isEqualTo("active");

    Shown kept = facet.run("plans", "delete", plan.path("id").asText(), "--yes");
    assertThat(kept.status()).isEqualTo(1);
    assertThat(kept.err()).contains("still has keys (1)");
    assertThat(facet.run("keys", "delete", id, "--yes").status()).isZero();
    assertThat(facet.run("plans", "delete", plan.path("id").asText(), "--yes").status()).isZero();
    assertThat(facet.run("keys", "list").out()).isEmpty();
  }

  @Test
  void rotation_keeps_the_application_and_says_what_becomes_of_the_old_key() {
    JsonNode first = facet.json("keys", "create", "--customer", "acme");
    String id = first.path("id").asText();

    JsonNode second = facet.json("keys", "rotate", id, "--overlap", "2h");

    assertThat(second.path("apiKey")).isNotEqualTo(first.path("apiKey"));
    assertThat(second.path("applicationId")).isEqualTo(first.path("applicationId"));
    assertThat(second.path("usagePlanId").asText()).isEqualTo("default");
    assertThat(Instant.parse(facet.json("keys", "show", id).path("expiresAt").asText()))
        .isBetween(Instant.now().plusSeconds(7000), Instant.now().plusSeconds(7200));
    Shown again = facet.run("keys", "rotate", second.path("id").asText());
    assertThat(again.out()).contains("id  ", "apiKey  ");
    assertThat(again.err()).contains("cannot be decrypted");
  }

  @Test
  void what_cant_be_done_is_told_in_one_line() {
    assertThat(facet.run("keys", "show", "00000000-0000-4000-8000-000000000000"))
        .isEqualTo(
            new Shown(
                1,
                "",
                "facet: There is no key 00000000-0000-4000-8000-000000000000.%n".formatted()));
    assertThat(facet.run("keys", "create", "--plan", "gold").err())
        .contains("facet: There is no usage plan gold.");
    assertThat(facet.run("keys", "create", "--principal", "bob").err())
        .contains("facet: There is no principal bob.");
    assertThat(facet.run("plans", "create", "--rate", "0", "--burst", "1").err())
        .contains("facet: rate must be above 0.");
    assertThat(facet.run("plans", "delete", "default", "--yes").err())
        .contains("is the standard plan and cannot be deleted");
    assertThat(facet.json("principals", "create", "--name", "ann").has("secretAccessKey")).isTrue();
    assertThat(facet.run("principals", "create", "--name", "ann").err()).contains("already");
    assertThat(facet.run("principals", "create", "--name", "a/b").err()).contains("name must be");
    assertThat(facet.run("principals", "list").out()).contains(":user/ann");
    assertThat(facet.run("principals", "delete", "ann").status()).isZero();
    assertThat(facet.run("principals", "list").out()).isEmpty();
  }

  @Test
  void a_command_that_cannot_be_undone_needs_a_second_word() {
    String id = facet.json("keys", "create").path("id").asText();
    for (String[] command :
        new String[][] {
          {"applications", "erase", id},
          {"keys", "delete", id},
          {"plans", "delete", "p"},
          {"dlq", "purge", "all"}
        }) {
      Shown refused = facet.run(command);
      assertThat(refused.status()).isEqualTo(2);
      assertThat(refused.err())
          .isEqualTo(
              "facet: '%s %s' cannot be undone; add --yes to do it.%n"
                  .formatted(command[0], command[1]));
    }
    assertThat(facet.run("dlq", "purge", "job").err()).contains("no dead letter of job job");
    assertThat(asked(id, false)).isEqualTo(1);
    assertThat(facet.json("keys", "list")).hasSize(1);
    assertThat(asked(id, true)).isZero();
    assertThat(facet.json("keys", "list")).isEmpty();
  }

  @Test
  void a_restore_is_confirmed_and_reports_what_it_did() {
    Shown refused = facet.run("restore");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("restore' cannot be undone; add --yes to do it");

    JsonNode report = facet.json("restore", "--yes");
    assertThat(report.fieldNames())
        .toIterable()
        .containsExactly(
            "galleries",
            "subjects",
            "templates",
            "deleted",
            "replaced",
            "spared",
            "applications",
            "identifiers",
            "photos",
            "orphans",
            "ledger");
    assertThat(report.path("replaced").isArray()).isTrue();
    assertThat(facet.run("restore", "--yes").err()).contains("requests are admitted");
  }

  /** Executes a deletion at a terminal. */
  private int asked(String id, boolean answer) {
    return new Administer(
            new PrintWriter(new StringWriter()),
            new PrintWriter(new StringWriter()),
            InstantSource.system(),
            CommandRunner::nowhere,
            question -> {
              assertThat(question).startsWith("'keys delete' cannot be undone.");
              return answer;
            },
            CommandRunner::bundles)
        .execute("keys", "delete", id, "--data", data.toString());
  }

  @Test
  void a_text_that_is_no_id_or_date_is_told_in_a_sentence() {
    for (String command : new String[] {"show", "rotate", "disable", "enable", "delete"}) {
      assertThat(facet.run("keys", command, "nope").err())
          .contains("(ID): 'nope' is not an id; 'keys list' prints the ids")
          .doesNotContain("java.", "UUID");
    }
    assertThat(facet.run("keys", "create", "--expires", "soon").err())
        .contains("'soon' is not a date; use a form such as 2027-01-31")
        .doesNotContain("java.");
    assertThat(facet.run("keys", "create", "--expires", "2020-01-31").err())
        .contains("facet: expires must be in the future.");
    assertThat(facet.json("keys", "create", "--expires", "2327-01-31").path("expiresAt").asText())
        .isEqualTo("2327-01-31T00:00:00Z");
  }

  @Test
  void settings_of_an_application_are_shown_and_changed() {
    JsonNode created = facet.json("applications", "create", "--quality-floor", "0.5");
    String id = created.path("id").asText();
    JsonNode key = facet.json("keys", "create", "--application", id);
    assertThat(key.path("applicationId").asText()).isEqualTo(id);
    assertThat(created.toString())
        .endsWith(
            ",\"qualityFloor\":0.5,\"verifyThreshold\":7000,\"keepImages\":false,"
                + "\"enrolAnswer\":\"await\",\"bundle\":null}");

    JsonNode changed =
        facet.json(
            "applications",
            "set",
            id,
            "--verify-threshold",
            "8000",
            "--keep-images",
            "true",
            "--enrol-answer",
            "fail");

    assertThat(changed.toString())
        .endsWith(
            ",\"qualityFloor\":0.5,\"verifyThreshold\":8000,\"keepImages\":true,"
                + "\"enrolAnswer\":\"fail\",\"bundle\":null}");
    assertThat(facet.json("applications", "show", id)).isEqualTo(changed);
    String other = facet.json("keys", "create").path("applicationId").asText();
    assertThat(facet.json("applications", "list"))
        .extracting(application -> application.path("id").asText())
        .containsExactlyInAnyOrder(id, other);
  }

  @Test
  void an_erased_application_is_gone_with_its_keys() throws IOException {
    JsonNode key = facet.json("keys", "create");
    String id = key.path("applicationId").asText();
    String photo = id + "/necidguid-1/0123456789abcdef";
    try (OpenedFolder folder = OpenedFolder.open(data)) {
      folder
          .photos()
          .putObject(
              put -> put.bucket(LocalAdministration.IMAGES_BUCKET).key(photo),
              RequestBody.fromString("photo"));
    }
    JsonNode kept = facet.json("keys", "create");
    assertThat(gatewayKeys()).contains(key.path("id").asText(), kept.path("id").asText());

    JsonNode erased = facet.json("applications", "erase", id, "--yes");

    assertThat(erased.path("id").asText()).isEqualTo(id);
    assertThat(erased.path("images").asInt()).isEqualTo(1);
    assertThat(erased.path("keys").asInt()).isEqualTo(1);
    assertThat(erased.path("subjects").asInt(-1)).isZero();
    assertThat(erased.path("recoveryDays").isNull()).isTrue();
    assertThat(facet.json("keys", "list"))
        .extracting(each -> each.path("id").asText())
        .containsExactly(kept.path("id").asText());
    assertThat(facet.json("applications", "list"))
        .extracting(each -> each.path("id").asText())
        .containsExactly(kept.path("applicationId").asText());
    assertThat(gatewayKeys())
        .contains(kept.path("id").asText())
        .doesNotContain(key.path("id").asText());
    try (Stream<Path> files = Files.walk(data.resolve("s3"))) {
      assertThat(files.map(Path::toString)).noneMatch(path -> path.contains("necidguid-1"));
    }
    Shown again = facet.run("applications", "erase", id, "--yes");
    assertThat(again.err()).isEqualTo("facet: There is no application %s.%n".formatted(id));
  }

  @Test
  void an_application_is_created_with_a_bundle_on_board_and_shows_it() {
    JsonNode created = facet.json("applications", "create", "--bundle", "fake-512");
    assertThat(created.path("bundle").asText()).isEqualTo("fake-512");
    String id = created.path("id").asText();
    assertThat(facet.json("applications", "show", id)).isEqualTo(created);
    assertThat(facet.json("applications", "create").path("bundle").isNull()).isTrue();
    assertThat(facet.run("applications", "list").out()).contains("bundle").contains("fake-512");

    Shown refused = facet.run("applications", "create", "--bundle", "other-1");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err())
        .isEqualTo("facet: There is no model bundle other-1; there are: fake-512.%n".formatted());
    assertThat(facet.json("applications", "list")).hasSize(2);
  }

  @Test
  void a_running_service_erases() {
    try (OpenedFolder folder = OpenedFolder.open(data);
        DataFolder address = DataFolder.open(data.resolve("address"));
        AdminServer service =
            AdminServer.start(
                address,
                folder.administration(),
                folder.deadLetters(),
                folder.erasure(),
                folder.galleries(CommandRunner::bundles),
                new SecureRandom())) {
      assertThat(service).isNotNull();
      ApplicationId id =
          folder.administration().applications().create(ApplicationSettings.NONE).id();

      CommandResult erased =
          new RunningService(address.root())
              .execute("applications", "erase", id.toString(), "--yes")
              .orElseThrow();

      assertThat(erased.err()).isEqualTo("Application %s is erased.%n".formatted(id));
      assertThat(erased.status()).isZero();
      assertThat(folder.administration().applications().list()).isEmpty();
    }
  }

  private String gatewayKeys() throws IOException {
    return Files.readString(data.resolve("gateway-keys.json"));
  }

  @Test
  void settings_that_no_application_may_have_are_refused() {
    String id = facet.json("applications", "create").path("id").asText();
    assertThat(facet.run("applications", "set", id, "--quality-floor", "1.5").err())
        .contains("facet: qualityFloor must be 0..1, not 1.5.");
    assertThat(facet.run("applications", "set", id, "--quality-floor", "NaN").err())
        .contains("facet: qualityFloor must be 0..1, not NaN.");
    assertThat(facet.run("applications", "set", id, "--verify-threshold", "10000").err())
        .contains("facet: verifyThreshold must be 0..9999, not 10000.");
    assertThat(facet.run("applications", "set", id, "--enrol-answer", "maybe").err())
        .contains("'maybe' is neither await nor fail");
    assertThat(facet.run("applications", "set", id).err()).contains("There is nothing to set");
    String unknown = "00000000-0000-4000-8000-000000000000";
    for (String[] command :
        new String[][] {
          {"applications", "show", unknown},
          {"applications", "set", unknown, "--keep-images", "true"},
          {"keys", "create", "--application", unknown}
        }) {
      assertThat(facet.run(command).err())
          .isEqualTo("facet: There is no application %s.%n".formatted(unknown));
    }
  }

  @Test
  void mistakes_of_usage_are_status2() {
    assertThat(facet.run("keys").status()).isEqualTo(2);
    assertThat(facet.run("keys", "frobnicate").status()).isEqualTo(2);
    assertThat(facet.run("keys", "show", "seven").err()).contains("seven");
    Shown quota = facet.run("plans", "create", "--rate", "1", "--burst", "1", "--quota", "7/hour");
    assertThat(quota.status()).isEqualTo(2);
    assertThat(quota.err()).contains("'7/hour' is not a quota; use a form such as");
    assertThat(facet.run("keys", "repair", "--age", "soon").err()).contains("not a duration");
  }

  @Test
  void help_opens_nothing() {
    Shown help = facet.run("keys", "create", "--help");
    assertThat(help.status()).isZero();
    assertThat(help.out()).contains("--customer", "--principal", "--data", "--json");
    assertThat(facet.run("keys", "--help").out()).contains("rotate", "repair");
    assertThatThrownBy(() -> facet.run("keys", "list", "--stack", "s"))
        .as("no fixed Region")
        .hasMessage("nothing is deployed in null");
    assertThat(data.resolve("dynamodb")).doesNotExist();
  }

  @Test
  void a_stack_without_any_region_is_told_in_a_sentence() {
    StringWriter err = new StringWriter();
    int status =
        new Administer(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err),
                InstantSource.system(),
                region -> {
                  throw new InvalidRequest("--region: no AWS Region is set.");
                },
                question -> null,
                CommandRunner::bundles)
            .execute("keys", "list", "--stack", "s");
    assertThat(status).isEqualTo(2);
    assertThat(err).hasToString("facet: --region: no AWS Region is set.%n".formatted());
  }

  @Test
  void nothing_is_left_to_repair() {
    facet.json("keys", "create");
    assertThat(facet.run("keys", "repair", "--age", "0s")).isEqualTo(new Shown(0, "", ""));
  }

  @Test
  void a_command_waits_for_a_folder_that_is_in_use_for_a_moment() throws Exception {
    String nobodyListens =
        "{\"endpoint\":\"http://127.0.0.1:1/\",\"token\":\"of a service that was killed\"}";
    Files.writeString(data.resolve("admin.json"), nobodyListens);
    CompletableFuture<Shown> waiting;
    try (DataFolder busy = DataFolder.open(data)) {
      assertThat(new RunningService(busy.root()).execute("keys", "list")).isEmpty();
      waiting = CompletableFuture.supplyAsync(() -> facet.run("principals", "list"));
    }
    assertThat(waiting.get()).isEqualTo(new Shown(0, "", ""));
  }

  @Test
  void a_folder_that_stays_in_use_is_told_after_a_while() {
    Instant begin = Instant.now();
    Iterator<Instant> times =
        List.of(begin, begin.plusSeconds(14), begin.plusSeconds(16)).iterator();
    StringWriter err = new StringWriter();
    try (DataFolder busy = DataFolder.open(data)) {
      int status =
          new Administer(
                  new PrintWriter(new StringWriter()),
                  new PrintWriter(err),
                  times::next,
                  CommandRunner::nowhere,
                  question -> null,
                  CommandRunner::bundles)
              .execute("keys", "list", "--data", busy.root().toString());
      assertThat(status).isEqualTo(1);
    }
    assertThat(err.toString()).contains("is in use, but no service responds.");
  }

  @Test
  void a_stack_is_looked_for_in_its_region_and_no_folder_is_opened() {
    assertThatThrownBy(() -> facet.run("keys", "list", "--stack", "s", "--region", "eu-west-1"))
        .hasMessage("nothing is deployed in eu-west-1");
    assertThat(data.resolve("dynamodb")).doesNotExist();
  }

  @Test
  void on_aws_principals_are_made_elsewhere() {
    LocalGatewayKeys gateway =
        new LocalGatewayKeys(
            data.resolve("keys.json"), new UsagePlan("p", 1, 1, null), new SecureRandom());
    KeyAdministration deployed =
        new KeyAdministration(
            new KeyLifecycle(
                new InMemoryKeys(),
                new InMemoryApplications(),
                gateway,
                Clock.systemUTC(),
                new SecureRandom()),
            gateway,
            name -> {
              throw new InvalidRequest("nobody");
            },
            new KeyAdministration.Defaults("api", "p"));
    StringWriter err = new StringWriter();
    int status =
        Commands.commandLine(
                () -> deployed,
                () -> {
                  throw new InvalidRequest("no queue");
                },
                () -> {
                  throw new InvalidRequest("no stores");
                },
                () -> {
                  throw new InvalidRequest("no galleries");
                },
                new PrintWriter(new StringWriter()),
                new PrintWriter(err))
            .execute("principals", "create", "--name", "ann");
    assertThat(status).isEqualTo(1);
    assertThat(err.toString()).contains("The principals of a stack are managed by IAM");
  }
}
