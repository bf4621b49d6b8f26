package dev.facet.benchmarks.quality;

import dev.facet.benchmarks.measure.Benchmark;
import dev.facet.benchmarks.measure.InvalidArguments;
import dev.facet.benchmarks.measure.Layout;
import dev.facet.benchmarks.measure.Report;
import dev.facet.benchmarks.measure.Table;
import dev.facet.cli.calibration.DegradedFaces;
import dev.facet.cli.calibration.DegradedPhotos;
import dev.facet.cli.calibration.LabelledPhoto;
import dev.facet.cli.calibration.QualityTable;
import dev.facet.cli.calibration.QualityTable.Reliability;
import dev.facet.cli.calibration.QualityTable.Row;
import dev.facet.cli.calibration.QualityTable.Verdict;
import dev.facet.cli.calibration.degradation.Degradation;
import dev.facet.cli.calibration.degradation.Degradations;
import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.bundle.Measurability;
import dev.facet.core.bundle.ScoreMap;
import dev.facet.core.gallery.Weighing;
import dev.facet.vision.TorchFaceExtractor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Measures false match rates, false non-match rates and refusals on clean photos and on photos that
 * were degraded in many ways, for each bundle.
 */
public final class QualityBenchmark implements Benchmark {

  /** The default bundle first; the other one is also what the version before had. */
  private static final List<String> BUNDLES = List.of("sface-128-v1", "faceplugin-512-v1");

  private static final String BEFORE = "faceplugin-512-v1";

  /** The quality that an application demands by default. */
  private static final double QUALITY_FLOOR = 0.45;

  private static final double MAX_CLEAN_REFUSED = 0.01;
  private static final double MAX_MORE_REFUSED = 0.05;
  private static final double MAX_MORE_MASKS_REFUSED = 0.1;
  private static final String MASK = "surgical mask";

  private static final String QUICK = "--quick";
  private static final int QUICK_PHOTOS = 4;

  private static final int QUICK_EVERY = 5;

  private final Layout layout;
  private final boolean gated;

  /**
   * Creates the benchmark.
   *
   * @param layout locates the project's files
   */
  public QualityBenchmark(Layout layout) {
    this(layout, true);
  }

  /**
   * Creates the benchmark.
   *
   * @param gated false for bundles without limits: photos are looked at as sent only, every face is
   *     measurable, and similarities are not weighed. Only tests use that, to show the faults that
   *     the limits prevent
   */
  QualityBenchmark(Layout layout, boolean gated) {
    this.layout = layout;
    this.gated = gated;
  }

  /** The photos and the conditions of a run. */
  private record Plan(
      DegradedPhotos people,
      DegradedPhotos all,
      DegradedPhotos samples,
      List<FacelessPictures.Picture> faceless,
      List<Degradation> degradations) {

    List<Degradation> mild() {
      return degradations.stream().filter(Degradation::mild).toList();
    }
  }

  /** The faces that one extractor found. */
  private record Found(
      DegradedFaces people, DegradedFaces all, DegradedFaces samples, FalseDetections wrong) {}

  @Override
  public String name() {
    return "quality";
  }

  @Override
  public String description() {
    return "error rates on clean and degraded photos, of both bundles";
  }

  @Override
  public String usage() {
    return "[--quick]";
  }

  @Override
  public void run(List<String> arguments, Report out) throws IOException {
    List<String> rest = new ArrayList<>(arguments);
    boolean quick = rest.remove(QUICK);
    if (!rest.isEmpty()) {
      throw new InvalidArguments("unexpected argument " + rest.getFirst());
    }
    if (!Files.isDirectory(layout.peopleFolder())) {
      out.add("Left out: the photos are not installed; benchmarks/README.md names their folder.\n");
      return;
    }
    Bundle before = withLimits(Bundle.open(layout.bundle(BEFORE)), null);
    Plan plan;
    Found old;
    try (TorchFaceExtractor extractor = extractor(before)) {
      plan = plan(quick, extractor);
      old = found(plan, plan.mild(), extractor);
    }
    out.add(
        ("%s photos of %s people, %s faces of the sample photos; %s conditions of %s kinds."
                + " Intervals are 95 %%, by resampling people; where no error was counted,"
                + " Clopper-Pearson's, which takes comparisons for independent.\n")
            .formatted(
                plan.people().size(),
                plan.people().people(),
                plan.samples().size(),
                plan.degradations().size() + 1,
                plan.degradations().stream().map(Degradation::kind).distinct().count()));
    for (String id : BUNDLES) {
      Bundle bundle = Bundle.open(layout.bundle(id));
      measure(out, gated ? bundle : withLimits(bundle, null), plan, old);
    }
  }

  private Plan plan(boolean quick, TorchFaceExtractor extractor) throws IOException {
    List<LabelledPhoto> people = LabelledPhoto.read(List.of(layout.peopleFolder()));
    List<Degradation> all = Degradations.all();
    int each = quick ? QUICK_PHOTOS : DegradedPhotos.PER_PERSON;
    List<LabelledPhoto> some = LabelledPhoto.first(each, people);
    return new Plan(
        DegradedPhotos.of(some, extractor),
        DegradedPhotos.of(quick ? some : people, extractor),
        DegradedPhotos.of(SampleCrops.of(layout.samples()), extractor),
        new FacelessPictures(layout.benchmarks().resolve("target/pictures")).read(),
        quick ? all.stream().filter(one -> all.indexOf(one) % QUICK_EVERY == 1).toList() : all);
  }

  private static Found found(
      Plan plan, List<Degradation> degradations, TorchFaceExtractor extractor) {
    return new Found(
        plan.people()
            .extract(
                extractor,
                degradations,
                done -> System.err.println(extractor.bundleId() + ": " + done)),
        plan.all().extract(extractor, List.of(), _ -> {}),
        plan.samples().extract(extractor, plan.mild(), _ -> {}),
        FalseDetections.of(plan.faceless(), extractor, QUALITY_FLOOR));
  }

  private void measure(Report out, Bundle bundle, Plan plan, Found old) {
    BundleManifest manifest = bundle.manifest();
    Weighing weighing = weighing(manifest.measurability());
    double threshold = manifest.calibration().scoreMap().minSimilarity(ScoreMap.CALIBRATED);
    Found found;
    try (TorchFaceExtractor extractor = extractor(bundle)) {
      found = found(plan, plan.degradations(), extractor);
    }
    Predicate<DegradedFaces.Face> accepted =
        face -> face.measurable() && face.quality() >= QUALITY_FLOOR;
    QualityTable table = new QualityTable(found.people(), weighing, threshold, accepted);
    QualityTable clean = new QualityTable(found.all(), weighing, threshold, accepted);
    Path document = layout.root().resolve("docs/scores.md");
    out.section(manifest.id());
    List<Row> totals = new ArrayList<>(clean.rows());
    totals.addAll(table.totals());
    out.published(document, "**%s, totals**\n\n".formatted(manifest.id()) + table(totals));
    out.published(document, "**%s, by kind**\n\n".formatted(manifest.id()) + table(table.kinds()));
    out.section("%s, by strength".formatted(manifest.id()));
    out.add(table(table.rows()));
    out.section("%s, quality".formatted(manifest.id()));
    out.published(
        document,
        "**%s, reliability on held-out kinds**\n\n".formatted(manifest.id())
            + reliability(table.reliability(true)));
    groups(out, manifest.id(), table);
    out.section("%s, claims".formatted(manifest.id()));
    List<Verdict> verdicts = new ArrayList<>();
    verdicts.add(clean.verdicts().getFirst());
    verdicts.addAll(table.verdicts().stream().skip(1).toList());
    verdicts.addAll(refusals(found, old, accepted));
    if (!plan.faceless().isEmpty()) {
      verdicts.addAll(falseDetections(found.wrong(), old.wrong(), plan.faceless().size()));
    }
    boolean claimed = manifest.id().equals(BUNDLES.getFirst());
    verdicts.forEach(verdict -> add(out, verdict, claimed));
    out.add("");
  }

  private void groups(Report out, String bundle, QualityTable table) {
    try {
      List<Row> groups = table.groups(PeopleGroups.read(layout.peopleFolder()));
      if (!groups.isEmpty()) {
        out.section("%s, by group of people".formatted(bundle));
        out.add(table(groups));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a verdict: a target of the default bundle, only a remark on the other one. */
  private static void add(Report out, Verdict verdict, boolean claimed) {
    if (claimed) {
      out.target(verdict.claim(), verdict.met(), verdict.measured());
    } else {
      out.add(
          "- not claimed, %s: %s, %s"
              .formatted(verdict.met() ? "holds" : "fails", verdict.claim(), verdict.measured()));
    }
  }

  private static List<Verdict> falseDetections(
      FalseDetections now, FalseDetections before, int pictures) {
    return List.of(
        new Verdict(
            "at most a tenth of the false detections of the version before",
            10 * now.detected() <= before.detected(),
            "%d faces found, %d before, on %d pictures"
                .formatted(now.detected(), before.detected(), pictures)),
        new Verdict(
            "no picture without a face is enrolled",
            now.enrolled().isEmpty(),
            "%s; before %d".formatted(now.enrolments(), before.enrolled().size())));
  }

  /** Judges the refusals of clean and mildly degraded photos beside those of the version before. */
  private static List<Verdict> refusals(
      Found found, Found old, Predicate<DegradedFaces.Face> accepted) {
    List<Verdict> verdicts = new ArrayList<>();
    verdicts.add(cleanRefused("photos of people", found.all(), old.all(), accepted));
    verdicts.add(cleanRefused("sample faces", found.samples(), old.samples(), accepted));
    for (DegradedFaces.Condition mild : old.people().conditions()) {
      if (mild.degradation().isPresent()) {
        DegradedFaces.Condition now =
            found.people().conditions().stream()
                .filter(each -> each.name().equals(mild.name()))
                .findFirst()
                .orElseThrow();
        double refusedBefore = refused(mild, accepted);
        double refusedNow = refused(now, accepted);
        double most = mild.name().equals(MASK) ? MAX_MORE_MASKS_REFUSED : MAX_MORE_REFUSED;
        verdicts.add(
            new Verdict(
                "failure to enrol of \"%s\" at most %.0f points above the version before"
                    .formatted(mild.name(), 100 * most),
                refusedNow <= refusedBefore + most + 1e-9,
                "%.1f %% after %.1f %%".formatted(100 * refusedNow, 100 * refusedBefore)));
      }
    }
    return verdicts;
  }

  private static Verdict cleanRefused(
      String photos,
      DegradedFaces now,
      DegradedFaces before,
      Predicate<DegradedFaces.Face> accepted) {
    int refused = 0;
    int admitted = 0;
    for (int i = 0; i < now.owners().size(); i++) {
      if (before.conditions().getFirst().faces().get(i).filter(accepted).isPresent()) {
        admitted++;
        if (now.conditions().getFirst().faces().get(i).filter(accepted).isEmpty()) {
          refused++;
        }
      }
    }
    return new Verdict(
        "at most 1 %% of the clean %s newly refused".formatted(photos),
        refused <= MAX_CLEAN_REFUSED * admitted,
        "%d of %d".formatted(refused, admitted));
  }

  private static double refused(
      DegradedFaces.Condition condition, Predicate<DegradedFaces.Face> accepted) {
    long refused =
        condition.faces().stream().filter(face -> face.filter(accepted).isEmpty()).count();
    return (double) refused / condition.faces().size();
  }

  private static String table(List<Row> rows) {
    Table table = new Table(Row.HEADINGS.toArray(String[]::new));
    rows.forEach(row -> table.row(row.cells().toArray()));
    return table.toString();
  }

  private static String reliability(List<Reliability> rows) {
    Table table = new Table(Reliability.HEADINGS.toArray(String[]::new));
    rows.forEach(row -> table.row(row.cells().toArray()));
    return table.toString();
  }

  private static TorchFaceExtractor extractor(Bundle bundle) {
    return new TorchFaceExtractor(bundle, TorchFaceExtractor.Settings.defaults());
  }

  private static Weighing weighing(@Nullable Measurability limits) {
    Double norm = limits == null ? null : limits.fullWeightNorm();
    return norm == null ? Weighing.NONE : new Weighing(norm.floatValue());
  }

  /** Returns a bundle with other limits, or without any. */
  private static Bundle withLimits(Bundle bundle, @Nullable Measurability limits) {
    BundleManifest manifest = bundle.manifest();
    return new Bundle(
        bundle.folder(),
        new BundleManifest(
            limits == null ? 1 : 2,
            manifest.id(),
            manifest.version(),
            manifest.detector(),
            manifest.landmarks(),
            manifest.pose(),
            manifest.embedding(),
            manifest.calibration(),
            limits));
  }
}
