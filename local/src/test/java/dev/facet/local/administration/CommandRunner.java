package dev.facet.local.administration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.facet.core.bundle.ScoreMap;
import dev.facet.core.faces.ImageBundle;
import dev.facet.core.faces.ImageBundles;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.keys.DeployedStack;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The commands on a data folder, as a terminal has them. */
public final class CommandRunner {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path data;

  /** Commands on a folder. */
  public CommandRunner(Path data) {
    this.data = data;
  }

  static DeployedStack nowhere(@Nullable String region) {
    throw new AssertionError("nothing is deployed in " + region);
  }

  static ImageBundles bundles() {
    return ImageBundles.of(new ImageBundle(new FakeFaces(), ScoreMap.calibratedAt(0.3)));
  }

  /** What a terminal shows. */
  public record Shown(int status, String out, String err) {}

  /** Executes a command. */
  public Shown run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        new Administer(
                new PrintWriter(out),
                new PrintWriter(err),
                InstantSource.system(),
                CommandRunner::nowhere,
                question -> null,
                CommandRunner::bundles)
            .execute(
                Stream.concat(Stream.of(arguments), Stream.of("--data", data.toString()))
                    .toArray(String[]::new));
    return new Shown(status, out.toString(), err.toString());
  }

  /** Executes a command that has to succeed, and reads the JSON that it prints. */
  public JsonNode json(String... arguments) {
    Shown shown =
        run(Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new));
    if (shown.status() != 0) {
      throw new AssertionError(shown.toString());
    }
    try {
      return JSON.readTree(shown.out());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
