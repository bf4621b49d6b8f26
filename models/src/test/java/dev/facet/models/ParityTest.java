package dev.facet.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.facet.core.bundle.Anchors;
import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.Net;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the outputs of the converted networks with those of the published ones on ONNX Runtime,
 * which {@code models/reference} writes.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ParityTest {

  private static final double TOLERANCE = 1e-4;

  private final Bundle bundle = bundle(FacepluginBundle.ID);

  private static Bundle bundle(String id) {
    return Bundle.open(Path.of(System.getProperty("facet.root"), "models/target/bundles", id));
  }

  @ParameterizedTest
  @CsvSource({
    "faceplugin-512-v1, fr_landmark",
    "faceplugin-512-v1, fr_pose",
    "faceplugin-512-v1, fr_feature",
    "sface-128-v1, fr_landmark",
    "sface-128-v1, fr_pose",
    "sface-128-v1, sface"
  })
  void a_converted_network_matches_the_published_one(String id, String name) throws Exception {
    JsonNode reference = reference(name);
    List<float[]> outputs = outputs(bundle(id), name, reference);

    for (int i = 0; i < outputs.size(); i++) {
      assertSame(outputs.get(i), reference.get("outputs").get(i));
    }
  }

  @Test
  void the_cut_detector_matches_after_its_boxes_are_decoded() throws Exception {
    JsonNode reference = reference("fr_detect");
    List<float[]> outputs = outputs(bundle, "fr_detect", reference);

    assertSame(outputs.get(0), reference.get("outputs").get(0));
    assertSame(boxes(outputs.get(1)), reference.get("outputs").get(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void a_detector_part_matches_the_whole_on_its_levels(int levels) throws Exception {
    JsonNode reference = reference("fr_detect");
    List<float[]> whole = outputs(bundle, "fr_detect", reference);
    List<float[]> part = outputs(bundle, "fr_detect_" + levels, reference);

    int anchors = bundle.manifest().detector().anchors().upTo(levels).count(320, 240);
    assertThat(part.get(0)).hasSize(2 * anchors);
    assertThat(part.get(1)).hasSize(4 * anchors);
    for (int output = 0; output < part.size(); output++) {
      float[] first = Arrays.copyOf(whole.get(output), part.get(output).length);
      assertThat(part.get(output)).containsExactly(first, Offset.offset((float) TOLERANCE));
    }
  }

  private static List<float[]> outputs(Bundle bundle, String name, JsonNode reference)
      throws Exception {
    Net net =
        bundle.nets().stream()
            .filter(each -> each.file().equals(name + ".pt"))
            .findFirst()
            .orElseThrow();
    long[] shape = new ObjectMapper().convertValue(reference.get("shape"), long[].class);
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        Model model = Model.newInstance(name, "PyTorch")) {
      model.load(bundle.file(net));
      try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator())) {
        float[] numbers = pseudoRandom(shape);
        NDArray input =
            manager.create(
                reference.path("pixels").asBoolean() ? normalised(net.input(), numbers) : numbers,
                new Shape(shape));
        List<float[]> outputs = new ArrayList<>();
        NDList results = predictor.predict(new NDList(input));
        for (int i = 0; i < results.size(); i++) {
          assertThat(results.get(i).getShape().getShape())
              .containsExactly(
                  net.outputs().get(i).shape().stream().mapToLong(Long::longValue).toArray());
          outputs.add(results.get(i).toFloatArray());
        }
        results.close();
        return outputs;
      }
    }
  }

  private static void assertSame(float[] output, JsonNode reference) {
    int step = reference.get("step").asInt();
    JsonNode values = reference.get("values");
    assertThat(values.size()).isGreaterThanOrEqualTo(60);
    for (int i = 0; i < values.size(); i++) {
      assertThat((double) output[i * step]).isCloseTo(values.get(i).asDouble(), within(TOLERANCE));
    }
    double sum = 0;
    for (float value : output) {
      sum += value;
    }
    assertThat(sum).isCloseTo(reference.get("sum").asDouble(), within(TOLERANCE * output.length));
  }

  /**
   * Decodes the boxes as the published detector does: left, top, right, bottom as fractions of the
   * image.
   */
  private float[] boxes(float[] regressions) {
    Anchors anchors = bundle.manifest().detector().anchors();
    Net.Input input = bundle.manifest().detector().net().input();
    float[] boxes = new float[regressions.length];
    int at = 0;
    for (int level = 0; level < anchors.steps().size(); level++) {
      int step = anchors.steps().get(level);
      int rows = Math.ceilDiv(input.height(), step);
      int columns = Math.ceilDiv(input.width(), step);
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          for (int size : anchors.minSizes().get(level)) {
            // the published priors divide the height of the image by the rows: 60 pixels, not 64
            double x = (column + 0.5) / columns;
            double y = (row + 0.5) / rows;
            double width = (double) size / input.width();
            // the published priors are clipped to the image, which only affects 256 on 240 pixels
            double height = Math.min(1, (double) size / input.height());
            x += regressions[at] * anchors.centreVariance() * width;
            y += regressions[at + 1] * anchors.centreVariance() * height;
            width *= Math.exp(regressions[at + 2] * anchors.sizeVariance());
            height *= Math.exp(regressions[at + 3] * anchors.sizeVariance());
            boxes[at] = (float) (x - width / 2);
            boxes[at + 1] = (float) (y - height / 2);
            boxes[at + 2] = (float) (x + width / 2);
            boxes[at + 3] = (float) (y + height / 2);
            at += 4;
          }
        }
      }
    }
    assertThat(at).isEqualTo(regressions.length);
    return boxes;
  }

  /** Returns numbers in −1..1 from the same generator as the reference script. */
  private static float[] pseudoRandom(long[] shape) {
    long count = 1;
    for (long size : shape) {
      count *= size;
    }
    float[] values = new float[(int) count];
    int state = 1;
    for (int i = 0; i < values.length; i++) {
      state = state * 1664525 + 1013904223;
      values[i] = (state >>> 8) / 8388608f - 1;
    }
    return values;
  }

  /** Returns the input for pixels 0..255 that stand for numbers in −1..1. */
  private static float[] normalised(Net.Input input, float[] numbers) {
    int each = input.width() * input.height();
    float[] values = new float[numbers.length];
    for (int i = 0; i < values.length; i++) {
      double pixel = (numbers[i] + 1) * 127.5;
      values[i] = (float) ((pixel - input.offset().get(i / each)) * input.scale().get(i / each));
    }
    return values;
  }

  private static JsonNode reference(String name) throws IOException {
    try (InputStream json = ParityTest.class.getResourceAsStream("reference.json")) {
      return new ObjectMapper().readTree(json).get(name);
    }
  }
}
