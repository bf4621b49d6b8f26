package dev.facet.infra;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.App;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Tags;

/**
 * The app that {@code npx cdk} runs: it reads the settings from the CDK's context and creates the
 * stack.
 */
public final class FacetApp {

  /** The prefix of the CDK's feature flags, which choose between its older and newer behaviours. */
  private static final String FLAG = "@aws-cdk";

  private FacetApp() {}

  /** Writes the cloud assembly to the folder that the CDK's command line sets. */
  public static void main(String[] arguments) {
    App app = app().build();
    DeploymentSettings settings = DeploymentSettings.from(app.getNode()::tryGetContext);
    // the CDK's command line sets it from the profile or the environment
    Optional.ofNullable(System.getenv("CDK_DEFAULT_REGION"))
        .ifPresent(DeploymentSettings::checkRegion);
    DeployedArtefacts artefacts = DeployedArtefacts.builtIn(Path.of(".."));
    artefacts.check(settings.compute().processor(), settings.service().bundles());
    FacetStack stack = stack(app, settings, artefacts);
    Tags.of(stack).add("service", "facet");
    unknown(names(app.getNode().getAllContext()))
        .forEach(name -> Annotations.of(stack).addWarning("There is no setting " + name + "."));
    app.synth();
  }

  private static Set<String> names(Object context) {
    return ((Map<?, ?>) context).keySet().stream().map(String::valueOf).collect(toSet());
  }

  /**
   * Returns the names that may be misspelt settings; the CDK's own names have colons or slashes.
   */
  static List<String> unknown(Set<String> names) {
    return names.stream()
        .filter(name -> name.matches("[A-Za-z]+") && !DeploymentSettings.names().contains(name))
        .sorted()
        .toList();
  }

  /** Returns an app with the feature flags of {@code cdk.json}, also without the CDK's command. */
  static App.Builder app() {
    return App.Builder.create().analyticsReporting(false).context(flags(Path.of("cdk.json")));
  }

  private static Map<String, Object> flags(Path configuration) {
    try {
      ObjectMapper json = new ObjectMapper();
      Map<String, Object> flags =
          json.convertValue(
              json.readTree(configuration.toFile()).required("context"), new TypeReference<>() {});
      flags.keySet().removeIf(name -> !name.startsWith(FLAG));
      return flags;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FacetStack stack(App app, DeploymentSettings settings, DeployedArtefacts artefacts) {
    StackProps properties =
        StackProps.builder()
            .description("Facet, a face-identity service")
            // protects the stack, which holds people's templates, from accidental deletion
            .terminationProtection(settings.storage().deletionProtection())
            .build();
    FacetStack stack =
        new FacetStack(app, settings.general().stackName(), properties, settings, artefacts);
    settings.general().tags().forEach((name, value) -> Tags.of(stack).add(name, value));
    return stack;
  }
}
