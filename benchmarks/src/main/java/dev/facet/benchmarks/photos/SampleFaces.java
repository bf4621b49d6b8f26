package dev.facet.benchmarks.photos;

import dev.facet.benchmarks.peers.Area;
import dev.facet.benchmarks.peers.ExtractionResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The ground truth of the six sample photos: the 22 boxes that both UltraFace and SSD MobileNet
 * found. A detection that overlaps one of them is correct; any other is a false positive.
 *
 * @param areas boxes by the photo's number, in pixels of 1920 columns
 */
public record SampleFaces(Map<Integer, List<Area>> areas) {

  /** The samples' width in columns. */
  public static final int WIDTH = 1920;

  /**
   * The minimum IoU; low, as detectors draw boxes differently: some from the brows, some from the
   * hair.
   */
  private static final double SAME_FACE = 0.4;

  private static final Pattern COMMA = Pattern.compile(",");

  /** Reads the list from the class path. */
  public static SampleFaces read() throws IOException {
    try (InputStream list = SampleFaces.class.getResourceAsStream("sample-faces.csv");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
      return new SampleFaces(
          lines
              .lines()
              .skip(1)
              .map(line -> COMMA.splitAsStream(line).map(Integer::valueOf).toList())
              .collect(
                  Collectors.groupingBy(
                      List::getFirst,
                      Collectors.mapping(SampleFaces::area, Collectors.toUnmodifiableList()))));
    }
  }

  private static Area area(List<Integer> line) {
    return new Area(line.get(1), line.get(2), line.get(3), line.get(4));
  }

  /** Returns the number of faces in all photos. */
  public int count() {
    return areas.values().stream().mapToInt(List::size).sum();
  }

  /**
   * Compares detections with the ground truth.
   *
   * @param photo the sample's number, from 1
   * @param width columns of the picture that was processed
   */
  public Tally tally(int photo, int width, ExtractionResult seen) {
    List<Area> expected = areas.getOrDefault(photo, List.of());
    Set<Area> found = new HashSet<>();
    List<ExtractionResult.Face> wrong = new ArrayList<>();
    for (ExtractionResult.Face face : seen.faces()) {
      Area box = face.box().times((double) WIDTH / width);
      expected.stream()
          .filter(each -> each.overlap(box) >= SAME_FACE && found.add(each))
          .findFirst()
          .ifPresentOrElse(each -> {}, () -> wrong.add(face));
    }
    return new Tally(found.size(), wrong.size());
  }

  /**
   * Counts of detections; a second detection of one face is a false positive.
   *
   * @param found correct detections
   * @param wrong false positives
   */
  public record Tally(int found, int wrong) {

    /** Returns the sum of both. */
    public Tally plus(Tally other) {
      return new Tally(found + other.found, wrong + other.wrong);
    }
  }
}
