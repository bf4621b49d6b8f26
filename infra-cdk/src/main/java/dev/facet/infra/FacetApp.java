package dev.facet.infra;

import java.nio.file.Path;
import software.amazon.awscdk.App;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Tags;

/** What {@code npx cdk} runs: reads the settings from the CDK's context and makes the stack. */
public final class FacetApp {

  private FacetApp() {}

  /** Writes the cloud assembly; the CDK's command line says where. */
  public static void main(String[] arguments) {
    App app = App.Builder.create().analyticsReporting(false).build();
    Settings settings = Settings.from(app.getNode()::tryGetContext);
    FacetStack stack = stack(app, settings, Artefacts.builtIn(Path.of("..")));
    Tags.of(stack).add("service", "facet");
    app.synth();
  }

  static FacetStack stack(App app, Settings settings, Artefacts artefacts) {
    StackProps properties =
        StackProps.builder()
            .description("Facet, a face-identity service")
            // a stack that holds people's templates is not deleted by a slip
            .terminationProtection(settings.storage().deletionProtection())
            .build();
    FacetStack stack =
        new FacetStack(app, settings.general().stackName(), properties, settings, artefacts);
    settings.general().tags().forEach((name, value) -> Tags.of(stack).add(name, value));
    return stack;
  }
}
