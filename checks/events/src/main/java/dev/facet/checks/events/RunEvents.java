package dev.facet.checks.events;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.bundle.InstalledBundles;
import dev.facet.core.keys.ApiKey;
import dev.facet.local.data.Json;
import dev.facet.local.lambda.isolated.FunctionSettings;
import dev.facet.local.service.BuiltFunctions;
import dev.facet.local.service.FunctionTestBed;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs every event file through its function and checks the responses. */
@Command(
    name = "events/run.sh",
    mixinStandardHelpOptions = true,
    description = "Runs every event file through its function and checks the responses.")
public final class RunEvents implements Callable<Integer> {

  /** The application that the events of the face function name. */
  private static final ApplicationId APPLICATION =
      new ApplicationId(UUID.fromString("3f0c7d5e-1c0b-4a86-9b1e-7f2f0c6d9a41"));

  private static final ApiKey KEY = new ApiKey("FacetEventKey000000000000001");

  private final Path home;
  private final PrintStream out;

  @Option(
      names = "--engine",
      required = true,
      description =
          "sam (SAM CLI), rie (AWS's runtime interface emulator) or isolated (AWS's runtime"
              + " interface client)")
  private String engine = "";

  @Option(names = "--once", description = "run only the first event of each function")
  private boolean once;

  @Option(
      names = "--only",
      split = ",",
      description = "run only the events of these functions, separated by commas (default: all)")
  private Set<String> only = Set.of();

  @Option(
      names = "--host",
      defaultValue = HostFromContainers.NAME,
      description =
          "sam: address of the bridge's gateway, or the name of this machine in containers"
              + " (default: ${DEFAULT-VALUE})")
  private String host = "";

  private RunEvents(Path home, PrintStream out) {
    this.home = home;
    this.out = out;
  }

  /** Runs the events; the property {@code facet.home} names the folder in which Facet is built. */
  public static void main(String[] arguments) {
    Path home = Path.of(System.getProperty("facet.home", "")).toAbsolutePath();
    System.exit(new CommandLine(new RunEvents(home, System.out)).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path work = Files.createDirectories(home.resolve("target/events"));
    Path data = Files.createTempDirectory(work, "data");
    BuiltFunctions artefacts = BuiltFunctions.built(home, InstalledBundles.folders(home));
    int failed = 0;
    List<Expectation> expectations = expectations();
    try (PrintStream log = new PrintStream(Files.newOutputStream(work.resolve("functions.log")));
        FunctionTestBed testBed = FunctionTestBed.start(data, artefacts, log);
        Engine selected = engine(testBed, work)) {
      testBed.admit(KEY, APPLICATION);
      for (Expectation expectation : expectations) {
        Optional<String> mismatch = run(expectation, testBed, selected);
        out.printf(
            "%s %s%s%n",
            mismatch.isEmpty() ? "ok    " : "FAILED",
            expectation.event(),
            mismatch.map(": "::concat).orElse(""));
        failed += mismatch.isEmpty() ? 0 : 1;
      }
    }
    out.printf("%d passed, %d failed%n", expectations.size() - failed, failed);
    return failed == 0 ? 0 : 1;
  }

  private List<Expectation> expectations() throws IOException {
    Expectation[] all =
        Json.MAPPER.readValue(
            home.resolve("events/expected/answers.json").toFile(), Expectation[].class);
    Set<String> seen = new HashSet<>();
    List<Expectation> selected =
        Arrays.stream(all)
            .filter(each -> only.isEmpty() || only.contains(each.function()))
            .filter(each -> seen.add(each.function()) || !once)
            .toList();
    if (!seen.containsAll(only)) {
      throw new IllegalArgumentException(
          "--only: some functions of %s have no events".formatted(only));
    }
    return selected;
  }

  private Optional<String> run(Expectation expectation, FunctionTestBed testBed, Engine selected)
      throws InterruptedException {
    FunctionSettings function = testBed.function(expectation.function());
    Path event = home.resolve("events").resolve(expectation.event() + ".json");
    try {
      return expectation.mismatch(selected.invoke(function, event));
    } catch (IOException | RuntimeException failure) {
      return Optional.of(String.valueOf(failure.getMessage()));
    }
  }

  private Engine engine(FunctionTestBed testBed, Path work) throws IOException {
    return switch (engine) {
      case "isolated" ->
          (function, event) -> testBed.lambda().invoke(function.name(), Files.readAllBytes(event));
      case "rie" ->
          new EmulatorEngine(
              Path.of(variable("RIE").orElseThrow(() -> missing("RIE"))), work.resolve("rie.log"));
      case "sam" ->
          new SamEngine(
              home,
              work,
              variable("SAM_OPTIONS").map(options -> List.of(options.split(" "))).orElse(List.of()),
              HostFromContainers.at(host));
      default -> throw new IllegalArgumentException("--engine must be sam, rie or isolated");
    };
  }

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }

  private static IllegalArgumentException missing(String name) {
    return new IllegalArgumentException(name + " must name the emulator's executable");
  }
}
