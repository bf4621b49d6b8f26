package dev.facet.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.core.faces.ExtractedFace;
import dev.facet.core.faces.FaceExtractor;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The {@code embed} command, which extracts the template of a photo. */
@Command(
    name = "embed",
    mixinStandardHelpOptions = true,
    description = "Prints the template of the one prominent face in a photo, for use on /node.")
@SuppressWarnings("NullAway.Init") // picocli sets the parameters
final class EmbedCommand implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Function<Path, FaceExtractor> extractors;
  private final PrintWriter out;

  @Parameters(paramLabel = "PHOTO", description = "JPEG, PNG, BMP, GIF or WebP")
  private Path photo;

  @Option(names = "--json", description = "print the template instead of a summary")
  private boolean json;

  @Option(
      names = "--bundle",
      paramLabel = "BUNDLE",
      defaultValue = CalibrateCommand.DEFAULT_BUNDLE,
      description = "the id of an installed model bundle, or a folder (${DEFAULT-VALUE})",
      converter = BundleFolder.class)
  private Path bundle;

  EmbedCommand(Function<Path, FaceExtractor> extractors, PrintWriter out) {
    this.extractors = extractors;
    this.out = out;
  }

  @Override
  public Integer call() {
    byte[] image = NamedFile.bytes("PHOTO", photo);
    FaceExtractor extractor = extractors.apply(bundle);
    ExtractedFace face = extractor.single(image);
    if (json) {
      out.println(json(extractor.bundleId(), face));
    } else {
      out.println(Summary.of(face.attributes()));
      out.println(
          "template of %s: %s numbers; --json prints them"
              .formatted(extractor.bundleId(), face.template().dimension()));
    }
    return 0;
  }

  /**
   * Returns a template as JSON; {@code type} and {@code embedding_vector} form a feature that
   * {@code /node} accepts.
   */
  private static ObjectNode json(String bundle, ExtractedFace face) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("bundle", bundle)
            .put("type", face.template().factor())
            .put("dimension", face.template().dimension());
    ArrayNode vector = json.putArray("embedding_vector");
    for (float coordinate : face.template().vector()) {
      vector.add(coordinate);
    }
    json.set("attributes", JSON.valueToTree(face.attributes()));
    return json;
  }
}
