package dev.facet.local;

import dev.facet.core.bundle.BundleException;
import dev.facet.core.embeddings.MatchingRules;
import dev.facet.local.chaos.Chaos;
import dev.facet.local.data.DataFolderInUse;
import dev.facet.local.service.BuiltFunctions;
import dev.facet.local.service.FunctionHosting;
import dev.facet.local.service.LocalService;
import dev.facet.local.service.NodeOptions;
import dev.facet.local.service.Recognition;
import dev.facet.local.service.ServiceOptions;
import dev.facet.spec.NodeAuth;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The command {@code facet serve}: serves the whole API on this machine until it is stopped. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Serves the whole API on this machine, with a demo application to try it.")
public final class Serve implements Callable<Integer> {

  private static final int EXIT_FAILURE = 1;

  private final Path home;
  private final PrintStream out;
  private final PrintStream err;

  @Option(names = "--port", paramLabel = "N", description = "where to listen; 0 for any free port")
  private int port = 8080;

  @Option(names = "--data", paramLabel = "DIR", description = "the folder that keeps everything")
  private Path data = Path.of(".facet");

  @Option(
      names = "--stage",
      paramLabel = "S",
      description = "begin every path with /S, as on AWS without a custom domain")
  private @Nullable String stage;

  @Option(names = "--region", paramLabel = "R", description = "what signatures must be for")
  private String region = "ap-southeast-2";

  @Option(names = "--keep-images", description = "store the demo application's originals")
  private boolean keepImages;

  @Option(
      names = "--bundle",
      paramLabel = "DIR",
      description = "another model bundle than Facet's own")
  private @Nullable Path bundle;

  @Option(
      names = "--allowed-origins",
      paramLabel = "ORIGIN",
      split = ",",
      description = "whose pages may call: origins separated by commas, or * for all")
  private List<String> allowedOrigins = List.of("*");

  @Option(
      names = "--remote-face",
      description = "hand commands to the face service as bytes, as to a function of its own")
  private boolean remoteFace;

  @Option(
      names = "--isolated",
      description =
          "run each function in processes of its own, as Lambda does, by AWS's runtime interface"
              + " client (Linux)")
  private boolean isolated;

  @Option(
      names = "--node-auth",
      paramLabel = "sigv4|key",
      description = "what requests to /node show: a signature and the API key, or the key alone")
  private NodeAuth nodeAuth = NodeAuth.SIGV4;

  @Option(
      names = "--encryption-floor",
      paramLabel = "N",
      description = "the lowest encryption version that /node accepts, 1 to 3")
  private int encryptionFloor = 1;

  @Option(
      names = "--matching",
      paramLabel = "RULES",
      description =
          "distances for /node other than 1.00 to match, 0.90 to be a duplicate and 0.8 (cosine) to"
              + " agree: VERSION/FACTOR=PREDICT,DUPLICATE,AGREE, several separated by blanks")
  private String matching = "";

  @Option(
      names = "--chaos",
      paramLabel = "FAULTS",
      description =
          "have DynamoDB fail on purpose, each fault in a share of the service's calls:"
              + " throttle=0.3,timeout=0.05")
  private String chaos = "";

  @Option(
      names = "--until-ready",
      hidden = true,
      description = "stop when it is ready; what the JVM has loaded by then can be archived")
  private boolean untilReady;

  Serve(Path home, PrintStream out, PrintStream err) {
    this.home = home;
    this.out = out;
    this.err = err;
  }

  /** Runs the command; the property {@code facet.home} names Facet's installation folder. */
  public static void main(String[] arguments) {
    Path home = Path.of(System.getProperty("facet.home", "")).toAbsolutePath();
    System.exit(command(home).setCommandName("facet serve").execute(arguments));
  }

  /**
   * Creates the command, alone or for a root to add.
   *
   * @param home Facet's installation folder
   */
  public static CommandLine command(Path home) {
    return new CommandLine(new Serve(home, System.out, System.err))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Path.class, (ITypeConverter<Path>) Path::of);
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      long begin = System.nanoTime();
      ServiceOptions options =
          new ServiceOptions(
              data,
              port,
              stage,
              region,
              keepImages,
              allowedOrigins,
              remoteFace,
              new NodeOptions(
                  nodeAuth,
                  encryptionFloor,
                  MatchingRules.parse(matching),
                  NodeOptions.DEFAULT.workerTime(),
                  Chaos.parse(chaos)));
      LocalService.Started started = LocalService.start(options, hosting(), out);
      Runtime.getRuntime().addShutdownHook(new Thread(started::close, "stop"));
      out.print(new StartupBanner(started.credentials(), data, samplePhoto()));
      out.printf("Ready after %.1f s; Ctrl-C stops it.%n", (System.nanoTime() - begin) / 1e9);
      out.flush();
      if (!untilReady) {
        new CountDownLatch(1).await();
      }
      return 0;
    } catch (IOException portTaken) {
      return fail("Port %d can't be had: choose another with --port.".formatted(port));
    } catch (DataFolderInUse inUse) {
      return fail(inUse.getMessage() + " Stop that one, or choose another with --data.");
    } catch (BundleException | IllegalArgumentException wrong) {
      return fail(String.valueOf(wrong.getMessage()));
    }
  }

  private FunctionHosting hosting() {
    if (!isolated) {
      return new FunctionHosting.InProcess(() -> Recognition.load(bundle()));
    }
    return new FunctionHosting.Isolated(BuiltFunctions.built(home, bundle()), matching);
  }

  private int fail(String reason) {
    err.println("facet: " + reason);
    return EXIT_FAILURE;
  }

  private Path bundle() {
    return bundle == null ? home.resolve("models/target/bundle/default") : bundle;
  }

  private Path samplePhoto() {
    Path sample = home.resolve("models/node_modules/@vladmandic/face-api/demo/sample1.jpg");
    return Files.exists(sample) ? sample : Path.of("photo.jpg");
  }
}
