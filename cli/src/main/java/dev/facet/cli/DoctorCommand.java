package dev.facet.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.cli.doctor.Check;
import dev.facet.cli.doctor.Diagnosis;
import dev.facet.cli.doctor.EmbeddingWalk;
import dev.facet.cli.doctor.Finding;
import dev.facet.cli.doctor.NotReadable;
import dev.facet.cli.doctor.PhotoWalk;
import dev.facet.cli.doctor.RouteAccess;
import dev.facet.cli.doctor.ServiceRequests;
import dev.facet.cli.doctor.Verdict;
import dev.facet.cli.doctor.aws.StackDoctor;
import dev.facet.client.Credentials;
import dev.facet.client.FacetClient;
import dev.facet.keys.StackRegion;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code doctor}. Exit status 0 means that no check found a fault. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Checks a running service, or a deployed stack; a fault is exit status 1.")
@SuppressWarnings("NullAway.Init") // picocli sets the options
final class DoctorCommand implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SAMPLE = "models/node_modules/@vladmandic/face-api/demo/sample1.jpg";

  /** The variable with the API key of requests to a stack, since arguments are seen by others. */
  private static final String API_KEY = "FACET_API_KEY";

  private final Function<Credentials, FacetClient> clients;
  private final Path home;
  private final Map<String, String> environment;
  private final PrintWriter out;

  @Option(
      names = "--stack",
      paramLabel = "NAME",
      description =
          "name of a deployed CloudFormation stack, instead of a running service; the variable "
              + API_KEY
              + " holds the API key of its requests")
  private @Nullable String stack;

  @Option(names = "--region", paramLabel = "R", description = StackRegion.DESCRIPTION)
  private @Nullable String region;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      defaultValue = ".facet/credentials.json",
      description = "the credentials that 'facet serve' wrote (${DEFAULT-VALUE})")
  private Path credentials;

  @Option(
      names = "--photo",
      paramLabel = "FILE",
      description =
          "a photo of one person, who is registered and deleted (a sample that the build fetched)")
  private @Nullable Path photo;

  @Option(names = "--json", description = "print JSON on one line")
  private boolean json;

  /**
   * @param clients creates a client of a service
   * @param home Facet's installation folder
   * @param environment the environment variables
   */
  DoctorCommand(
      Function<Credentials, FacetClient> clients,
      Path home,
      Map<String, String> environment,
      PrintWriter out) {
    this.clients = clients;
    this.home = home;
    this.environment = environment;
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    List<Finding> findings =
        stack == null ? Finding.all(requests(read(credentials))) : examined(stack);
    if (json) {
      out.println(JSON.writeValueAsString(toJson(findings)));
    } else {
      print(findings);
    }
    return findings.stream().anyMatch(Finding::isFault) ? 1 : 0;
  }

  private List<Finding> examined(String name) {
    try (StackDoctor doctor = StackDoctor.of(name, region)) {
      doctor.requireStack();
      List<Check> checks = new ArrayList<>(doctor.checks());
      String apiKey = environment.get(API_KEY);
      if (apiKey == null) {
        checks.add(
            new Skipped(
                "requests",
                Diagnosis.notChecked(
                    "there is no API key",
                    "Set %s to a key of an application for tests.".formatted(API_KEY))));
      } else {
        checks.addAll(requests(doctor.requests(apiKey)));
      }
      return Finding.all(checks);
    } catch (NotReadable reason) {
      throw new UnusableArgument("--stack", String.valueOf(reason.getMessage()));
    }
  }

  private static Credentials read(Path file) {
    try {
      return Credentials.read(file);
    } catch (IOException e) {
      throw new UnusableArgument(
          "--credentials",
          "'%s' must be the credentials.json of a service; 'facet serve' writes it"
              .formatted(file));
    }
  }

  /** Returns the checks that send requests. */
  private List<Check> requests(Credentials known) {
    ServiceRequests requests =
        new ServiceRequests(known, HttpClient.newHttpClient(), Clock.systemUTC());
    List<Check> checks = new ArrayList<>();
    checks.add(new RouteAccess(requests));
    checks.add(photoWalk(clients.apply(known)));
    checks.add(new EmbeddingWalk(requests, new SecureRandom()));
    return checks;
  }

  private Check photoWalk(FacetClient client) {
    if (photo != null) {
      return new PhotoWalk(client, NamedFile.bytes("--photo", photo));
    }
    Path sample = home.resolve(SAMPLE);
    return Files.exists(sample)
        ? new PhotoWalk(client, NamedFile.bytes("--photo", sample))
        : new Skipped(
            "photo walk",
            Diagnosis.notChecked("there is no photo", "Name a photo of one person with --photo."));
  }

  /** A check that lacks an argument. */
  private record Skipped(String name, Diagnosis diagnosis) implements Check {
    @Override
    public Diagnosis run() {
      return diagnosis;
    }
  }

  private static ArrayNode toJson(List<Finding> findings) {
    ArrayNode list = JSON.createArrayNode();
    for (Finding finding : findings) {
      ObjectNode entry = list.addObject();
      entry.put("check", finding.check());
      entry.put("verdict", finding.diagnosis().verdict().text());
      entry.put("detail", finding.diagnosis().detail());
      entry.put("advice", finding.diagnosis().advice());
    }
    return list;
  }

  private void print(List<Finding> findings) {
    for (Finding finding : findings) {
      Diagnosis diagnosis = finding.diagnosis();
      out.println(
          "%-13s%s: %s".formatted(diagnosis.verdict().text(), finding.check(), diagnosis.detail()));
      if (diagnosis.advice() != null) {
        out.println(" ".repeat(13) + diagnosis.advice());
      }
    }
    out.println(
        Arrays.stream(Verdict.values())
            .map(verdict -> count(findings, verdict) + " " + verdict.text())
            .collect(Collectors.joining(", ")));
  }

  private static long count(List<Finding> findings, Verdict verdict) {
    return findings.stream().filter(finding -> finding.diagnosis().verdict() == verdict).count();
  }
}
