package dev.facet.core.fakes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.core.faces.Box;
import dev.facet.core.faces.ExtractedFace;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.faces.FaceExtractor;
import dev.facet.core.faces.Point;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.CallerFault.NoFace;
import dev.facet.core.gallery.Template;
import dev.facet.core.retry.Deadline;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A {@link FaceExtractor} for tests. An "image" is text: {@code person}, {@code person/shot} or
 * {@code person/shot/quality}; shots of one person resemble each other (cosine above 0.8), persons
 * don't (below 0.3). {@code -} has no face, {@code ?} is no image, and a face of quality {@code
 * blurred} is not measurable. The template of a face of quality {@code weak} has norm {@value
 * #WEAK_NORM}, others have no known norm.
 */
public final class FakeFaces implements FaceExtractor {

  /** The norm of a weak template. */
  public static final float WEAK_NORM = 5;

  private static final int DIMENSION = 512;

  private final String bundleId;
  private final int dimension;

  /** Creates an extractor of 512 coordinates. */
  public FakeFaces() {
    this("fake-512", DIMENSION);
  }

  /** Creates an extractor of a bundle with its own number of coordinates. */
  public FakeFaces(String bundleId, int dimension) {
    this.bundleId = bundleId;
    this.dimension = dimension;
  }

  /** The base64 text of an "image". */
  public static String photo(String description) {
    return Base64.getEncoder().encodeToString(description.getBytes(UTF_8));
  }

  @Override
  public List<FaceAttributes> describe(byte[] image, int limit, Deadline deadline) {
    return List.of(single(image, deadline).attributes());
  }

  @Override
  public List<FaceAttributes> describeWithComponents(byte[] image, int limit, Deadline deadline) {
    return describe(image, limit, deadline).stream()
        .map(face -> face.with(Map.of("sharpness", 0.5)))
        .toList();
  }

  @Override
  public ExtractedFace single(byte[] image, Deadline deadline) {
    deadline.left();
    String[] parts = new String(image, UTF_8).split("/", 3);
    if (parts[0].equals("?")) {
      throw new InvalidRequest("it is not an image");
    }
    if (parts[0].equals("-")) {
      throw new NoFace();
    }
    String shot = parts.length > 1 ? parts[1] : "";
    String kind = parts.length > 2 ? parts[2] : "";
    double quality = kind.matches("[0-9.]+") ? Double.parseDouble(kind) : 0.9;
    Template template = template(parts[0], shot, dimension);
    return new ExtractedFace(
        attributes(quality),
        "sharpness",
        !kind.equals("blurred"),
        kind.equals("weak")
            ? new Template(template.factor(), template.vector(), WEAK_NORM)
            : template);
  }

  /** The template of a person's shot. */
  public static Template template(String person, String shot) {
    return template(person, shot, DIMENSION);
  }

  private static Template template(String person, String shot, int dimension) {
    float[] vector = gaussian(person, dimension);
    float[] difference = gaussian(person + "/" + shot, dimension);
    for (int i = 0; i < dimension; i++) {
      vector[i] += 0.3f * difference[i];
    }
    return Template.normalised("face", vector);
  }

  private static float[] gaussian(String seed, int dimension) {
    Random random = new Random(seed.hashCode());
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  private static FaceAttributes attributes(double quality) {
    return new FaceAttributes(
        new Box(10, 20, 90, 120),
        new Box(0, 0, 100, 140),
        new Point(35, 60),
        new Point(65, 60.5),
        0.97,
        4.9,
        -9.3,
        7.6,
        0.99,
        quality);
  }

  @Override
  public String bundleId() {
    return bundleId;
  }
}
