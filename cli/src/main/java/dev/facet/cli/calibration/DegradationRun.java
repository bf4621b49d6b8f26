package dev.facet.cli.calibration;

import dev.facet.cli.calibration.QualityTable.Row;
import dev.facet.cli.calibration.QualityTable.Verdict;
import dev.facet.cli.calibration.degradation.Degradation;
import dev.facet.cli.calibration.degradation.Degradations;
import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.bundle.CalibrationTable;
import dev.facet.core.bundle.Measurability;
import dev.facet.core.bundle.Measurability.QualityPoint;
import dev.facet.core.faces.FaceExtractor;
import dev.facet.core.gallery.Weighing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The calibration of a bundle on clean and degraded photos: the score map, the limits of measurable
 * faces and the quality curve. Half of the people and the kinds for validation take no part in a
 * fit that is checked; the limits for the bundle are then fitted to all people.
 */
public final class DegradationRun {

  /** The least number of people, so that each half has three. */
  private static final int MIN_PEOPLE = 6;

  /** Accepts every face, and looks at it as sent only. */
  private static final Measurability OPEN =
      new Measurability(null, 0, 0, 0, List.of(new QualityPoint(0, 1)));

  /** The share of turned photos whose first look must be in doubt. */
  private static final double DOUBTED_SHARE = 0.99;

  private static final double CERTAIN_SHARE = 0.01;

  private static final List<String> TURNED = List.of("turned to the left", "upside down");

  private final String bundle;
  private final String origin;
  private final DegradedPhotos photos;
  private final DegradedFaces clean;
  private final DegradedFaces faces;
  private final double lookAgainNorm;
  private final FittedLimits limits;
  private final List<Half> halves;

  /** A fit to one half of the people, and the error rates of the other half under it. */
  private record Half(String name, FittedLimits limits, QualityTable table, double cleanRefused) {}

  private DegradationRun(
      String bundle,
      String origin,
      DegradedPhotos photos,
      DegradedFaces clean,
      DegradedFaces faces,
      double lookAgainNorm,
      FittedLimits limits,
      List<Half> halves) {
    this.bundle = bundle;
    this.origin = origin;
    this.photos = photos;
    this.clean = clean;
    this.faces = faces;
    this.lookAgainNorm = lookAgainNorm;
    this.limits = limits;
    this.halves = halves;
  }

  /**
   * Degrades and extracts all photos, and fits the limits, with reproducible results.
   *
   * @param folders contain one folder for each person, with that person's photos
   * @param origin the name of the photo set
   * @param extractors create an extractor of a bundle
   * @param progress receives progress messages
   * @throws UnusablePhotos if there are too few people
   */
  public static DegradationRun on(
      List<Path> folders,
      String origin,
      Bundle bundle,
      Function<Bundle, FaceExtractor> extractors,
      Consumer<String> progress) {
    FaceExtractor first = extractors.apply(with(bundle, OPEN));
    List<LabelledPhoto> labelled = LabelledPhoto.read(folders);
    DegradedPhotos all = DegradedPhotos.of(labelled, first);
    DegradedPhotos photos =
        DegradedPhotos.of(LabelledPhoto.first(DegradedPhotos.PER_PERSON, labelled), first);
    if (photos.people() < MIN_PEOPLE) {
      throw new UnusablePhotos(
          "at least %s people with a usable photo are needed".formatted(MIN_PEOPLE));
    }
    progress.accept("%s photos of %s people".formatted(photos.size(), photos.people()));
    double lookAgainNorm =
        lookAgainNorm(photos.extract(first, degradations(TURNED::contains), _ -> {}));
    Measurability limits = bundle.manifest().measurability();
    boolean weighs = limits != null && limits.fullWeightNorm() != null;
    FaceExtractor open =
        extractors.apply(
            with(
                bundle,
                new Measurability(null, lookAgainNorm, 0, 0, List.of(new QualityPoint(0, 1)))));
    DegradedFaces clean = all.extract(open, List.of(), _ -> {});
    DegradedFaces faces = photos.extract(open, Degradations.all(), progress);
    return new DegradationRun(
        bundle.manifest().id(),
        origin,
        all,
        clean,
        faces,
        lookAgainNorm,
        FittedLimits.fit(faces, clean, weighs),
        List.of(
            half("even → odd", faces, clean, weighs, 0),
            half("odd → even", faces, clean, weighs, 1)));
  }

  /** Returns a bundle whose manifest has other limits; its networks are the same. */
  public static Bundle with(Bundle bundle, Measurability limits) {
    BundleManifest manifest = bundle.manifest();
    return new Bundle(
        bundle.folder(),
        new BundleManifest(
            2,
            manifest.id(),
            manifest.version(),
            manifest.detector(),
            manifest.landmarks(),
            manifest.pose(),
            manifest.embedding(),
            manifest.calibration(),
            limits));
  }

  private static List<Degradation> degradations(Predicate<String> kinds) {
    return Degradations.all().stream().filter(each -> kinds.test(each.kind())).toList();
  }

  /**
   * Returns the norm below which a first look is in doubt: the middle between nearly all turned
   * photos and nearly all clean ones, by the geometric mean. Turned photos whose first look matches
   * the clean photo were aligned upright already and don't count.
   */
  private static double lookAgainNorm(DegradedFaces looks) {
    double anchor =
        Calibrator.anchor(
            PairSet.among(FittedLimits.subjects(looks, looks.clean(), Weighing.NONE)).impostor());
    double[] turned =
        looks.conditions().stream()
            .skip(1)
            .flatMapToDouble(condition -> wrongNorms(looks, condition, anchor))
            .toArray();
    double certain = FittedLimits.quantile(FittedLimits.norms(looks.clean()), CERTAIN_SHARE);
    double doubted =
        turned.length == 0
            ? certain
            : Math.min(certain, FittedLimits.quantile(turned, DOUBTED_SHARE));
    return FittedLimits.rounded(Math.sqrt(certain * doubted));
  }

  /** Returns the norms of the faces that do not match the clean photo that they come from. */
  private static DoubleStream wrongNorms(
      DegradedFaces looks, DegradedFaces.Condition condition, double anchor) {
    return IntStream.range(0, looks.owners().size())
        .filter(i -> !matches(condition.faces().get(i), looks.clean().faces().get(i), anchor))
        .mapToObj(condition.faces()::get)
        .flatMap(Optional::stream)
        .mapToDouble(face -> face.template().norm());
  }

  private static boolean matches(
      Optional<DegradedFaces.Face> one, Optional<DegradedFaces.Face> other, double anchor) {
    return one.isPresent()
        && other.isPresent()
        && DegradedFaces.similarity(one.get().template(), other.get().template(), Weighing.NONE)
            >= anchor;
  }

  private static Half half(
      String name, DegradedFaces faces, DegradedFaces allClean, boolean weighs, int parity) {
    FittedLimits limits =
        FittedLimits.fit(
            faces.only(person -> person % 2 == parity),
            allClean.only(person -> person % 2 == parity),
            weighs);
    DegradedFaces others = faces.only(person -> person % 2 != parity);
    List<DegradedFaces.Face> clean =
        allClean.only(person -> person % 2 != parity).clean().faces().stream()
            .flatMap(Optional::stream)
            .toList();
    return new Half(
        name,
        limits,
        new QualityTable(others, limits.weighing(), limits.c0(), limits.gate()::passes),
        (double) clean.stream().filter(face -> !limits.gate().passes(face)).count() / clean.size());
  }

  /** Returns the median norm of clean photos, for {@code embedding.usualNorm}. */
  public double usualNorm() {
    return limits.usualNorm();
  }

  /** Returns the limits and the quality curve, for {@code measurability} in the manifest. */
  public Measurability measurability() {
    return limits.measurability(lookAgainNorm);
  }

  /** Returns the calibration of clean photos, for {@code calibration} in the manifest. */
  public CalibrationTable table() {
    List<PhotoSubject> people = FittedLimits.subjects(clean, clean.clean(), limits.weighing());
    return CalibrationRun.on(new PhotoSet(bundle, origin, people, List.of()), limits.c0()).table();
  }

  /** Returns the report as text for a terminal. */
  public String text() {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "Limits of %s on %s: %s photos of %s people, %s skipped, in %s conditions"
            .formatted(
                bundle,
                origin,
                photos.size(),
                photos.people(),
                photos.skipped(),
                faces.conditions().size()));
    line(text, "");
    describe(text, "fitted to all people", limits);
    line(text, "look again below norm %s".formatted(measurability().lookAgainNorm()));
    line(
        text,
        "quality: %s"
            .formatted(
                limits.quality().stream()
                    .map(point -> "%s → %s".formatted(point.norm(), point.probability()))
                    .collect(Collectors.joining(", "))));
    line(text, "");
    line(text, "Cross-validation: fitted to one half of the people, measured on the other");
    for (Half half : halves) {
      describe(text, half.name(), half.limits());
      line(text, "  clean photos refused %s".formatted(Formats.percent(half.cleanRefused())));
      half.table()
          .totals()
          .forEach(row -> line(text, "  %s".formatted(String.join("; ", row.cells()))));
      verdicts(text, half.table());
    }
    line(text, "");
    line(text, "All people, with the limits fitted to them");
    QualityTable table = quality();
    line(text, "  %s".formatted(String.join("; ", Row.HEADINGS)));
    List<Row> rows = new ArrayList<>(table.rows());
    rows.addAll(table.totals());
    rows.forEach(row -> line(text, "  %s".formatted(String.join("; ", row.cells()))));
    verdicts(text, table);
    return text.toString();
  }

  private QualityTable quality() {
    return new QualityTable(faces, limits.weighing(), limits.c0(), limits.gate()::passes);
  }

  private static void describe(StringBuilder text, String name, FittedLimits limits) {
    line(
        text,
        ("%s: median norm %s, full weight from %s, score 7000 at %s, least norm %s, least"
                + " directional sharpness %s; FMR %s, worst %s, clean refused %s%s")
            .formatted(
                name,
                limits.usualNorm(),
                limits.fullWeightNorm() == null ? "any norm" : limits.fullWeightNorm(),
                Formats.cosine(limits.c0()),
                limits.gate().minNorm(),
                limits.gate().minDirectionalSharpness(),
                Formats.rate(limits.gate().rate()),
                Formats.rate(limits.gate().worst()),
                Formats.percent(limits.gate().cleanRefused()),
                limits.gate().bounded() ? "" : " (no limits keep the bounds)"));
  }

  private static void verdicts(StringBuilder text, QualityTable table) {
    for (Verdict verdict : table.verdicts()) {
      line(
          text,
          "  %s: %s; %s"
              .formatted(verdict.met() ? "met" : "NOT MET", verdict.claim(), verdict.measured()));
    }
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append('\n');
  }
}
