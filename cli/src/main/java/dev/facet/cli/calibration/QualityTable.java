package dev.facet.cli.calibration;

import dev.facet.cli.calibration.DegradedFaces.Condition;
import dev.facet.cli.calibration.DegradedFaces.Face;
import dev.facet.cli.calibration.degradation.Degradation;
import dev.facet.core.gallery.Weighing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The error rates of a bundle on clean and degraded photos. A comparison counts if both of its
 * faces were found and accepted. Similarity and acceptance are symmetrical, so "one side" holds for
 * degraded enrolments with clean probes as for clean enrolments with degraded probes.
 */
public final class QualityTable {

  /** The number of impostor pairs below which a false match rate is not stated. */
  public static final int MIN_IMPOSTOR_PAIRS = 500;

  /** The highest FMR of clean photos. */
  public static final double MAX_CLEAN_RATE = 1e-4;

  /** The highest FMR over all comparisons of accepted faces. */
  public static final double MAX_RATE = 1e-3;

  /** The highest FMR of one kind of degradation. */
  public static final double MAX_KIND_RATE = 0.01;

  private static final int REPLICATES = 1000;
  private static final int BINS = 10;

  private final DegradedFaces faces;
  private final Weighing weighing;
  private final double threshold;
  private final Predicate<Face> accepted;
  private final SubjectBootstrap bootstrap;
  private final Map<String, Cell> cells = new LinkedHashMap<>();

  /**
   * Counts the errors.
   *
   * @param faces all conditions
   * @param threshold the weighed similarity from which two faces match
   * @param accepted whether a face may be enrolled and searched with
   */
  public QualityTable(
      DegradedFaces faces, Weighing weighing, double threshold, Predicate<Face> accepted) {
    this.faces = faces;
    this.weighing = weighing;
    this.threshold = threshold;
    this.accepted = accepted;
    List<Integer> present = new LinkedHashSet<>(faces.owners()).stream().toList();
    this.bootstrap =
        new SubjectBootstrap(
            faces.people().size(),
            present,
            REPLICATES,
            RandomGeneratorFactory.of("L64X128MixRandom").create(19795));
    List<Cell> counted = faces.conditions().parallelStream().map(this::cell).toList();
    counted.forEach(cell -> cells.put(cell.condition.name(), cell));
  }

  /** The counts of one condition. */
  private record Cell(
      Condition condition,
      ErrorCounts notAcquired,
      ErrorCounts notEnrolled,
      ErrorCounts impostorBoth,
      ErrorCounts genuineBoth,
      ErrorCounts impostorOne,
      ErrorCounts genuineOne) {}

  /**
   * A row of the table: one condition, or several taken together.
   *
   * @param name the name of the condition
   * @param heldOut whether its kind was not used in fitting
   * @param failureToAcquire photos without a usable face
   * @param failureToEnrol photos without an accepted face
   * @param falseMatches impostor pairs that match, both sides degraded
   * @param falseNonMatches genuine pairs that do not match, both sides degraded
   * @param falseMatchesOneSide impostor pairs that match, one side degraded
   * @param falseNonMatchesOneSide genuine pairs that do not match, one side degraded
   */
  public record Row(
      String name,
      boolean heldOut,
      ErrorRate failureToAcquire,
      ErrorRate failureToEnrol,
      ErrorRate falseMatches,
      ErrorRate falseNonMatches,
      ErrorRate falseMatchesOneSide,
      ErrorRate falseNonMatchesOneSide) {

    /** The headings of {@link #cells}. */
    public static final List<String> HEADINGS =
        List.of(
            "photos",
            "failure to acquire",
            "failure to enrol",
            "FMR, both sides",
            "FMR, one side",
            "FNMR, both sides",
            "FNMR, one side");

    /** Returns the row as text. */
    public List<String> cells() {
      return List.of(
          name,
          Formats.percent(failureToAcquire.rate()),
          percent(failureToEnrol),
          rate(falseMatches),
          rate(falseMatchesOneSide),
          falseMatches.comparisons() < MIN_IMPOSTOR_PAIRS ? "–" : percent(falseNonMatches),
          percent(falseNonMatchesOneSide));
    }

    private static String rate(ErrorRate rate) {
      if (rate.comparisons() < MIN_IMPOSTOR_PAIRS) {
        return "refused or too few (%s)".formatted(Formats.count(rate.comparisons()));
      }
      ValueRange range = rate.errors() == 0 ? rate.exact() : rate.bySubject();
      return "%s of %s, %s (%s)"
          .formatted(
              rate.errors(),
              Formats.count(rate.comparisons()),
              Formats.rate(rate.rate()),
              Formats.rates(range));
    }

    private static String percent(ErrorRate rate) {
      return rate.comparisons() == 0
          ? "–"
          : "%s (%s)"
              .formatted(
                  Formats.percent(rate.rate()),
                  Formats.percents(rate.errors() == 0 ? rate.exact() : rate.bySubject()));
    }
  }

  /**
   * Whether a claim holds.
   *
   * @param claim the claim
   * @param met whether it holds
   * @param measured the measured figures
   */
  public record Verdict(String claim, boolean met, String measured) {}

  /** Returns a row for each condition. */
  public List<Row> rows() {
    return cells.values().stream()
        .map(cell -> row(cell.condition.name(), isHeldOut(cell), List.of(cell)))
        .toList();
  }

  /** Returns a row for each kind of degradation, with all of its strengths taken together. */
  public List<Row> kinds() {
    return cells.values().stream()
        .collect(Collectors.groupingBy(QualityTable::kind, LinkedHashMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(kind -> row(kind.getKey(), isHeldOut(kind.getValue().getFirst()), kind.getValue()))
        .toList();
  }

  /** Returns rows of all conditions, of those used in fitting, and of the held-out ones. */
  public List<Row> totals() {
    List<Row> totals = new ArrayList<>();
    totals.add(total("all photos", false, _ -> true));
    totals.add(total("kinds used in fitting", false, cell -> !isHeldOut(cell)));
    totals.add(total("held-out kinds", true, QualityTable::isHeldOut));
    return totals;
  }

  /**
   * Returns the FMR of comparisons between photos of different conditions, each with each: the rate
   * over everything that is accepted, of whatever kind.
   */
  public ErrorRate mixed() {
    List<Condition> all = faces.conditions();
    ErrorCounts counts =
        IntStream.range(0, all.size())
            .parallel()
            .mapToObj(
                i -> {
                  ErrorCounts own = new ErrorCounts(faces.people().size());
                  for (Condition other : all.subList(i + 1, all.size())) {
                    own.addAll(impostors(all.get(i), other));
                  }
                  return own;
                })
            .reduce(
                new ErrorCounts(faces.people().size()),
                (one, other) -> {
                  ErrorCounts sum = new ErrorCounts(faces.people().size());
                  sum.addAll(one);
                  sum.addAll(other);
                  return sum;
                });
    return counts.rate(bootstrap);
  }

  /**
   * Faces of about one quality, and their mated comparisons with clean photos.
   *
   * @param low the least quality
   * @param high the highest quality
   * @param faces the number of faces
   * @param quality their mean quality, the predicted share of success
   * @param success the share of their mated comparisons that reach the threshold
   */
  public record Reliability(double low, double high, int faces, double quality, double success) {

    /** The headings of {@link #cells}. */
    public static final List<String> HEADINGS =
        List.of("faceQualityScore", "faces", "mean score", "mated comparisons that succeed");

    /** Returns the row as text. */
    public List<String> cells() {
      return List.of(
          "%.1f – %.1f".formatted(low, high),
          Formats.count(faces),
          String.format(Locale.ROOT, "%.2f", quality),
          String.format(Locale.ROOT, "%.2f", success));
    }
  }

  /**
   * Returns how well the quality predicts success, on all faces that were found.
   *
   * @param heldOut whether only held-out kinds count
   */
  public List<Reliability> reliability(boolean heldOut) {
    List<List<double[]>> bins = IntStream.range(0, BINS).mapToObj(_ -> bin()).toList();
    for (Cell cell : cells.values()) {
      if (!heldOut || isHeldOut(cell)) {
        for (int i = 0; i < faces.owners().size(); i++) {
          Optional<Face> face = cell.condition.faces().get(i);
          double success = face.isPresent() ? success(face.get(), i) : Double.NaN;
          if (!Double.isNaN(success)) {
            double quality = face.get().quality();
            bins.get((int) Math.min(BINS - 1, quality * BINS)).add(new double[] {quality, success});
          }
        }
      }
    }
    return IntStream.range(0, BINS)
        .filter(i -> !bins.get(i).isEmpty())
        .mapToObj(i -> reliability(i, bins.get(i)))
        .toList();
  }

  private static List<double[]> bin() {
    return new ArrayList<>();
  }

  private static Reliability reliability(int bin, List<double[]> found) {
    return new Reliability(
        (double) bin / BINS,
        (bin + 1.0) / BINS,
        found.size(),
        found.stream().mapToDouble(each -> each[0]).average().orElseThrow(),
        found.stream().mapToDouble(each -> each[1]).average().orElseThrow());
  }

  /** Returns the share of a face's clean mates that it matches; NaN without mates. */
  private double success(Face face, int photo) {
    int compared = 0;
    int matched = 0;
    for (int i = 0; i < faces.owners().size(); i++) {
      Optional<Face> mate = faces.clean().faces().get(i);
      if (i != photo
          && mate.isPresent()
          && faces.owners().get(i).equals(faces.owners().get(photo))) {
        compared++;
        if (DegradedFaces.similarity(face.template(), mate.get().template(), weighing)
            >= threshold) {
          matched++;
        }
      }
    }
    return (double) matched / compared;
  }

  /** Formats a false match rate with its counts and interval. */
  public static String format(ErrorRate rate) {
    return Row.rate(rate);
  }

  /**
   * Returns the rates within each group of people, all conditions taken together.
   *
   * @param groups the group of each person by name; people without one are left out
   */
  public List<Row> groups(Map<String, String> groups) {
    Map<String, Set<Integer>> members = new TreeMap<>();
    for (int person = 0; person < faces.people().size(); person++) {
      String group = groups.get(faces.people().get(person));
      if (group != null) {
        members.computeIfAbsent(group, _ -> new LinkedHashSet<>()).add(person);
      }
    }
    List<Row> rows = new ArrayList<>();
    members.forEach(
        (group, people) -> {
          Cell clean = cells.values().iterator().next();
          rows.add(row(group + ", clean", false, List.of(clean), counts -> counts.only(people)));
          rows.add(
              row(
                  group + ", all photos",
                  false,
                  List.copyOf(cells.values()),
                  counts -> counts.only(people)));
        });
    return rows;
  }

  /** Returns the verdicts on the false match rates. */
  public List<Verdict> verdicts() {
    List<Verdict> verdicts = new ArrayList<>();
    Row clean = rows().getFirst();
    verdicts.add(verdict("FMR of clean photos at most 1e-4", clean.falseMatches(), MAX_CLEAN_RATE));
    List<Row> totals = totals();
    verdicts.add(
        verdict(
            "FMR over all accepted photos at most 1e-3", totals.get(0).falseMatches(), MAX_RATE));
    verdicts.add(
        verdict("the same over held-out kinds alone", totals.get(2).falseMatches(), MAX_RATE));
    verdicts.add(verdict("the same between photos of different kinds", mixed(), MAX_RATE));
    verdicts.add(worst("no kind above 1 %, of those used in fitting", false));
    verdicts.add(worst("no kind above 1 %, of the held-out ones", true));
    return verdicts;
  }

  private static Verdict verdict(String claim, ErrorRate rate, double most) {
    return new Verdict(
        claim, rate.comparisons() >= MIN_IMPOSTOR_PAIRS && rate.rate() <= most, Row.rate(rate));
  }

  /** Judges the worst single strength, which is stricter than the worst kind. */
  private Verdict worst(String claim, boolean heldOut) {
    Optional<Row> worst =
        rows().stream()
            .filter(row -> row.heldOut() == heldOut)
            .filter(row -> row.falseMatches().comparisons() >= MIN_IMPOSTOR_PAIRS)
            .max(
                (one, other) ->
                    Double.compare(one.falseMatches().rate(), other.falseMatches().rate()));
    return worst
        .map(
            row ->
                new Verdict(
                    claim,
                    row.falseMatches().rate() <= MAX_KIND_RATE,
                    row.name() + ": " + Row.rate(row.falseMatches())))
        .orElse(new Verdict(claim, false, "no kind has enough comparisons"));
  }

  private Row total(String name, boolean heldOut, Predicate<Cell> chosen) {
    return row(name, heldOut, cells.values().stream().filter(chosen).toList());
  }

  private Row row(String name, boolean heldOut, List<Cell> some) {
    return row(name, heldOut, some, counts -> counts);
  }

  private Row row(
      String name, boolean heldOut, List<Cell> some, Function<ErrorCounts, ErrorCounts> part) {
    return new Row(
        name,
        heldOut,
        rate(some, Cell::notAcquired, part),
        rate(some, Cell::notEnrolled, part),
        rate(some, Cell::impostorBoth, part),
        rate(some, Cell::genuineBoth, part),
        rate(some, Cell::impostorOne, part),
        rate(some, Cell::genuineOne, part));
  }

  private ErrorRate rate(
      List<Cell> some,
      Function<Cell, ErrorCounts> counts,
      Function<ErrorCounts, ErrorCounts> part) {
    ErrorCounts sum = new ErrorCounts(faces.people().size());
    some.forEach(cell -> sum.addAll(part.apply(counts.apply(cell))));
    return sum.rate(bootstrap);
  }

  private Cell cell(Condition condition) {
    int people = faces.people().size();
    Cell cell =
        new Cell(
            condition,
            new ErrorCounts(people),
            new ErrorCounts(people),
            new ErrorCounts(people),
            new ErrorCounts(people),
            new ErrorCounts(people),
            new ErrorCounts(people));
    for (int photo = 0; photo < faces.owners().size(); photo++) {
      int owner = faces.owners().get(photo);
      Optional<Face> face = condition.faces().get(photo);
      cell.notAcquired.add(owner, owner, face.isEmpty());
      cell.notEnrolled.add(owner, owner, face.filter(accepted).isEmpty());
    }
    count(condition, condition, cell.impostorBoth, cell.genuineBoth);
    count(condition, faces.clean(), cell.impostorOne, cell.genuineOne);
    return cell;
  }

  private void count(Condition some, Condition others, ErrorCounts impostor, ErrorCounts genuine) {
    faces.compare(
        some,
        others,
        accepted,
        weighing,
        (first, _, second, _, similarity) -> {
          if (first == second) {
            genuine.add(first, second, similarity < threshold);
          } else {
            impostor.add(first, second, similarity >= threshold);
          }
        });
  }

  private ErrorCounts impostors(Condition some, Condition others) {
    ErrorCounts impostor = new ErrorCounts(faces.people().size());
    count(some, others, impostor, new ErrorCounts(faces.people().size()));
    return impostor;
  }

  private static String kind(Cell cell) {
    return cell.condition.degradation().map(Degradation::kind).orElse("clean");
  }

  private static boolean isHeldOut(Cell cell) {
    return !cell.condition.isForFitting();
  }
}
