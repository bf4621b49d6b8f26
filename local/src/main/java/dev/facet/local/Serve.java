package dev.facet.local;

import dev.facet.core.bundle.BundleException;
import dev.facet.core.bundle.InstalledBundles;
import dev.facet.core.embeddings.MatchingRules;
import dev.facet.core.faults.Fault;
import dev.facet.local.chaos.Chaos;
import dev.facet.local.data.DataFolderInUse;
import dev.facet.local.data.DataFolderUnusable;
import dev.facet.local.data.PathText;
import dev.facet.local.lambda.isolated.ConcurrencyLimit;
import dev.facet.local.service.BuiltFunctions;
import dev.facet.local.service.BundleMissing;
import dev.facet.local.service.FunctionHosting;
import dev.facet.local.service.LocalService;
import dev.facet.local.service.NodeOptions;
import dev.facet.local.service.Recognition;
import dev.facet.local.service.ServiceOptions;
import dev.facet.spec.NodeAuth;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code facet serve}: serves the whole API on this machine until it is stopped. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Runs the whole API on this machine, with a demo application for first requests.")
public final class Serve implements Callable<Integer> {

  private static final int EXIT_FAILURE = 1;
  private static final int MAX_PORT = 65535;

  private final Path home;
  private final PrintStream out;
  private final PrintStream err;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "port on 127.0.0.1; 0 for any free port")
  private int port = 8080;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      split = ",",
      description =
          "further host names under which requests may come, such as a reverse proxy's, separated"
              + " by commas; localhost and 127.0.0.1 always may (default: none)")
  private List<String> hosts = List.of();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder for all data; created if missing")
  private Path data = Path.of(".facet");

  @Option(
      names = "--stage",
      paramLabel = "S",
      description =
          "begin every path with /S, as API Gateway does without a custom domain (default: none)")
  private @Nullable String stage;

  @Option(
      names = "--region",
      paramLabel = "R",
      description = "AWS region that signatures must name")
  private String region = "ap-southeast-2";

  @Option(
      names = "--keep-images",
      description = "store the original photos of the demo application")
  private boolean keepImages;

  @Option(
      names = "--bundle",
      paramLabel = "DIR",
      split = ",",
      description =
          "folders of model bundles besides Facet's own, separated by commas; new galleries are"
              + " made with the first")
  private List<Path> bundles = List.of();

  @Option(
      names = "--allowed-origins",
      paramLabel = "ORIGIN",
      split = ",",
      description = "origins from which web pages may call (CORS), separated by commas; * for all")
  private List<String> allowedOrigins = List.of("*");

  @Option(
      names = "--remote-face",
      description = "serialize commands to the face service, as for a separate Lambda function")
  private boolean remoteFace;

  @Option(
      names = "--isolated",
      description =
          "run each function in separate processes under AWS's Lambda runtime interface client"
              + " (Linux only)")
  private boolean isolated;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description =
          "with --isolated: most functions that run at once, as an AWS account limits them; a"
              + " request takes two (default: no limit)")
  private int concurrency;

  @Option(
      names = "--node-auth",
      paramLabel = "sigv4|key",
      description =
          "authentication of /node requests: sigv4 for signature and API key, key for the API key"
              + " alone")
  private NodeAuth nodeAuth = NodeAuth.SIGV4;

  @Option(
      names = "--encryption-floor",
      paramLabel = "N",
      description =
          "lowest encryption version that /node accepts, 0 to 3; 1 and more close the plain routes")
  private int encryptionFloor = 0;

  @Option(
      names = "--matching",
      paramLabel = "RULES",
      description =
          "distance thresholds of /node for model versions, separated by blanks:"
              + " VERSION/FACTOR=PREDICT,DUPLICATE,AGREE (default: 1.00 to match, 0.90 for a"
              + " duplicate, 0.8 (cosine) to agree)")
  private String matching = "";

  @Option(
      names = "--chaos",
      paramLabel = "FAULTS",
      description =
          "inject DynamoDB faults, each in a share (0 to 1) of the calls: throttle=0.3,timeout=0.05"
              + " (default: none)")
  private String chaos = "";

  @Option(
      names = "--until-ready",
      hidden = true,
      description =
          "exit when the service is ready, so that the classes loaded by then can be archived")
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
    return command(home, System.out, System.err);
  }

  static CommandLine command(Path home, PrintStream out, PrintStream err) {
    return new CommandLine(new Serve(home, out, err))
        .setErr(new PrintWriter(err, true, err.charset()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Path.class, PathText::parse);
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      if (port < 0 || port > MAX_PORT) {
        return fail("--port must be 1 to %d, or 0 for any free port.".formatted(MAX_PORT));
      }
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
                  Chaos.parse(chaos)),
              hosts);
      LocalService.Started started = LocalService.start(options, hosting(), out);
      Runtime.getRuntime().addShutdownHook(new Thread(started::close, "stop"));
      out.print(new StartupBanner(started.credentials(), data, samplePhoto()));
      out.printf("Ready after %.1f s; Ctrl-C stops it.%n", (System.nanoTime() - begin) / 1e9);
      out.flush();
      if (!untilReady) {
        return fail(started.service().awaitLoss());
      }
      return 0;
    } catch (IOException portTaken) {
      return fail("Port %d is not available; choose another one with --port.".formatted(port));
    } catch (DataFolderInUse inUse) {
      return fail(inUse.getMessage() + " Stop that service, or choose another folder with --data.");
    } catch (BundleException
        | BundleMissing
        | DataFolderUnusable
        | Fault
        | IllegalArgumentException wrong) {
      return fail(String.valueOf(wrong.getMessage()));
    }
  }

  private FunctionHosting hosting() {
    if (!isolated) {
      return new FunctionHosting.InProcess(() -> Recognition.load(bundles()));
    }
    return new FunctionHosting.Isolated(
        BuiltFunctions.built(home, bundles()), matching, ConcurrencyLimit.of(concurrency));
  }

  private int fail(String reason) {
    err.println("facet: " + reason);
    return EXIT_FAILURE;
  }

  private List<Path> bundles() {
    return Stream.concat(bundles.stream(), InstalledBundles.folders(home).stream()).toList();
  }

  private Path samplePhoto() {
    Path sample = home.resolve("models/node_modules/@vladmandic/face-api/demo/sample1.jpg");
    return Files.exists(sample) ? sample : Path.of("photo.jpg");
  }
}
