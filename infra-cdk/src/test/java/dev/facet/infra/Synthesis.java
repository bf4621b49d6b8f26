package dev.facet.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/**
 * A stack's template and what cdk-nag found in it. Synthesis takes seconds, so tests share two: one
 * of the defaults, and one with every option in use.
 */
record Synthesis(Template template, JsonNode json, List<String> findings) {

  static final ObjectMapper JSON = new ObjectMapper();

  static final Path ROOT = Path.of(System.getProperty("facet.root", ".."));

  private static final class Defaults {
    static final Synthesis VALUE = synthesise("defaults", Map.of());
  }

  private static final class Everything {
    static final Synthesis VALUE =
        synthesise(
            "everything",
            Map.ofEntries(
                Map.entry("stackName", "Everything"),
                Map.entry("processor", "arm64"),
                Map.entry("accountConcurrency", "1000"),
                Map.entry("faceReserved", "300"),
                Map.entry("faceConcurrency", "2"),
                Map.entry("nodeAuth", "key"),
                Map.entry("waf", "common"),
                Map.entry("wafRate", "500"),
                Map.entry("allowedAccounts", "111122223333"),
                Map.entry("allowOrigins", "https://a.example,https://b.example"),
                Map.entry("matching", "FACE3_1/face=1.10,0.95,0.8"),
                Map.entry("productCode", "abc123"),
                Map.entry("domainName", "faces.example.com"),
                Map.entry("certificateArn", "arn:aws:acm:eu-west-1:111122223333:certificate/1"),
                Map.entry("alarmTopic", "arn:aws:sns:eu-west-1:111122223333:pager"),
                Map.entry("alarmEmail", "pager@example.com"),
                Map.entry("tags", "team=faces"),
                Map.entry("repair", "false"),
                Map.entry("audit", "true"),
                Map.entry("tls", "1.3"),
                Map.entry("deletionProtection", "false")));
  }

  private static final class Adopting {
    static final Synthesis VALUE =
        synthesise(
            "adopting",
            Map.of(
                "dataTable", "restored-data",
                "keysTable", "restored-keys",
                "ledgerTable", "kept-ledger",
                "imagesBucket", "kept-images",
                "storesKey", "arn:aws:kms:eu-west-1:111122223333:key/kept-1"));
  }

  /** Returns the stack that uses existing stores. */
  static Synthesis ofExistingStores() {
    return Adopting.VALUE;
  }

  private static final class SnapStart {
    static final Synthesis VALUE =
        synthesise("snap-start", Map.of("faceSnapStart", "true", "faceStorage", "512"));
  }

  static Synthesis ofSnapStart() {
    return SnapStart.VALUE;
  }

  static Synthesis ofDefaults() {
    return Defaults.VALUE;
  }

  static Synthesis ofEverything() {
    return Everything.VALUE;
  }

  /** Resources of a type, by logical id. */
  Map<String, JsonNode> resources(String type) {
    return json.required("Resources")
        .propertyStream()
        .filter(resource -> resource.getValue().required("Type").textValue().equals(type))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The properties of the only resource of a type whose logical id begins so. */
  JsonNode only(String type, String prefix) {
    List<JsonNode> found =
        resources(type).entrySet().stream()
            .filter(resource -> resource.getKey().startsWith(prefix))
            .map(resource -> resource.getValue().required("Properties"))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(
          found.size() + " of " + type + " named " + prefix + ": " + resources(type).keySet());
    }
    return found.getFirst();
  }

  /** Our own functions: not those that the CDK brings. */
  List<JsonNode> functions() {
    return resources("AWS::Lambda::Function").values().stream()
        .map(function -> function.required("Properties"))
        .filter(
            function ->
                function.path("PackageType").asText().equals("Image")
                    || function.path("Handler").asText().startsWith("dev.facet."))
        .toList();
  }

  private static Synthesis synthesise(String name, Map<String, String> settings) {
    try {
      Path folder = Files.createTempDirectory("facet-cdk-" + name);
      App app = FacetApp.app().outdir(folder.resolve("cdk.out").toString()).build();
      FacetStack stack =
          FacetApp.stack(app, DeploymentSettings.from(settings::get), placeholders(folder));
      Aspects.of(app).add(new AwsSolutionsChecks());
      Template template = Template.fromStack(stack);
      Synthesis synthesis =
          new Synthesis(template, JSON.valueToTree(template.toJSON()), nag(stack));
      delete(folder);
      return synthesis;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> nag(FacetStack stack) {
    Annotations annotations = Annotations.fromStack(stack);
    Object rule = Match.stringLikeRegexp("(AwsSolutions|CdkNag).*");
    return Stream.concat(
            annotations.findError("*", rule).stream(), annotations.findWarning("*", rule).stream())
        .map(message -> message.getId() + ": " + message.getEntry().getData())
        .toList();
  }

  /** Stand-ins for what the build makes, so that tests need no packages. */
  private static DeployedArtefacts placeholders(Path folder) throws IOException {
    Path handlers = Files.writeString(folder.resolve("handlers.jar"), "handlers");
    Path libraries = Files.createDirectories(folder.resolve("layer/java/lib"));
    Files.writeString(libraries.resolve("library.jar"), "library");
    Path image = Files.createDirectories(folder.resolve("image"));
    Files.writeString(image.resolve("Dockerfile"), "FROM scratch");
    return new DeployedArtefacts(
        handlers, folder.resolve("layer"), handlers, folder.resolve("layer"), image);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
