package dev.facet.core.faces;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.bundle.Measurability;
import dev.facet.core.crypto.RandomText;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.CallerFault.MultipleFaces;
import dev.facet.core.faults.CallerFault.NoFace;
import dev.facet.core.gallery.Galleries;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.ImageSpaces;
import dev.facet.core.gallery.LogChange;
import dev.facet.core.gallery.LogEntry;
import dev.facet.core.gallery.LogPage;
import dev.facet.core.gallery.Subject;
import dev.facet.core.gallery.Template;
import dev.facet.core.gallery.Write;
import dev.facet.core.gallery.WritePlan;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.images.ImageKey;
import dev.facet.core.images.Photos;
import dev.facet.core.subjects.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Administration of image galleries: the bundle of a new one, the search for enrolled templates
 * that are not measurable, and their exclusion. Faces that were enrolled before their bundle had a
 * gate may match strangers.
 */
public final class GalleryAudit {

  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration OPERATION_LIFETIME = Duration.ofDays(1);

  private final Galleries galleries;
  private final Photos photos;
  private final Supplier<? extends ImageBundles> bundles;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param galleries the galleries to audit
   * @param photos the kept originals
   * @param bundles the model bundles, opened when one is needed
   * @param random the source of the ids of operations
   */
  public GalleryAudit(
      Galleries galleries,
      Photos photos,
      Supplier<? extends ImageBundles> bundles,
      InstantSource clock,
      RandomGenerator random) {
    this.galleries = galleries;
    this.photos = photos;
    this.bundles = bundles;
    this.clock = clock;
    this.random = random;
  }

  /** Returns the bundle of an application's image gallery; empty if none is recorded yet. */
  public Optional<String> bundle(ApplicationId application) {
    return galleries.store().imageBundle(application, soon());
  }

  /**
   * Checks that a gallery can be made with a bundle.
   *
   * @throws InvalidRequest if there is no such bundle
   */
  public void requireBundle(String bundle) {
    Set<String> ids = bundles.get().ids();
    if (!ids.contains(bundle)) {
      throw new InvalidRequest(
          "There is no model bundle %s; there are: %s."
              .formatted(bundle, String.join(", ", ids.stream().sorted().toList())));
    }
  }

  /** Records the bundle of a new application's image gallery. */
  public void choose(ApplicationId application, String bundle) {
    String recorded = galleries.store().recordImageBundle(application, bundle, soon());
    if (!recorded.equals(bundle)) {
      throw new InvalidRequest(
          "The gallery of application %s is made with the model bundle %s."
              .formatted(application, recorded));
    }
  }

  /** The certainty of a finding. */
  public enum State {
    /** The kept photo, looked at again, or the stored norm fails the gate of the bundle. */
    CERTAIN,
    /** Neither a kept photo nor a stored norm shows whether the template is measurable. */
    UNKNOWN,
    /** The template is measurable; only excluded ones are reported. */
    MEASURABLE
  }

  /**
   * A template that is not measurable, not known to be, or excluded.
   *
   * @param subject its subject, which should be photographed again unless it is measurable
   * @param state the certainty
   * @param reason the component by which it is not measurable; null if it is not known
   * @param excluded whether it matches nothing
   */
  public record Finding(
      SubjectId subject, State state, @Nullable String reason, boolean excluded) {}

  /**
   * The result of an audit.
   *
   * @param subjects the number of enrolled subjects
   * @param findings in the order of enrolment
   */
  public record Audit(long subjects, List<Finding> findings) {
    /** Copies the list. */
    public Audit {
      findings = List.copyOf(findings);
    }
  }

  /**
   * Looks for templates of an application that are not measurable. Writes nothing.
   *
   * @throws dev.facet.core.faults.BundleUnavailable if the gallery's bundle is missing
   */
  public Audit audit(ApplicationId application) {
    GalleryId gallery = gallery(application);
    long subjects = 0;
    List<Finding> findings = new ArrayList<>();
    for (SubjectId id : enrolled(gallery)) {
      Optional<Subject> record = galleries.store().subject(gallery, id, soon());
      if (record.isPresent()) {
        subjects++;
        Finding finding = finding(record.get());
        if (finding.state() != State.MEASURABLE || finding.excluded()) {
          findings.add(finding);
        }
      }
    }
    return new Audit(subjects, findings);
  }

  /** Returns whether an application has a subject enrolled by a photo. */
  public boolean has(ApplicationId application, SubjectId subject) {
    return galleries.store().subject(gallery(application), subject, soon()).isPresent();
  }

  /**
   * Excludes a subject's templates, so that they match nothing, or includes them again. A subject
   * that is so already is left as it is.
   *
   * @throws InvalidRequest if there is no such subject
   */
  public void exclude(ApplicationId application, SubjectId subject, boolean exclude) {
    GalleryId gallery = gallery(application);
    if (record(gallery, subject).excluded() == exclude) {
      return;
    }
    Operation operation =
        new Operation(
            new OperationId("audit-" + RandomText.hex(random, 16)),
            "",
            "{}",
            clock.instant().plus(OPERATION_LIFETIME));
    WritePlan.Blind plan =
        () -> {
          Subject before = record(gallery, subject);
          return new Write(
              operation, List.of(new Write.Store(before.excluding(exclude), before)), List.of());
        };
    var _ = galleries.open(gallery).commit(plan, soon());
  }

  private Subject record(GalleryId gallery, SubjectId subject) {
    return galleries
        .store()
        .subject(gallery, subject, soon())
        .orElseThrow(
            () -> new InvalidRequest("There is no subject %s.".formatted(subject.value())));
  }

  private GalleryId gallery(ApplicationId application) {
    return GalleryId.ofImages(
        application, bundle(application).orElse(ImageSpaces.UNRECORDED_BUNDLE));
  }

  /** Returns the ids of enrolled subjects, as the log has them. */
  private Set<SubjectId> enrolled(GalleryId gallery) {
    Set<SubjectId> ids = new LinkedHashSet<>();
    long from = 1;
    while (true) {
      LogPage page = galleries.store().log(gallery, from, soon());
      for (LogEntry entry : page.entries()) {
        for (LogChange change : entry.changes()) {
          if (change.templates().isEmpty()) {
            ids.remove(change.subject());
          } else {
            ids.add(change.subject());
          }
        }
        from = entry.seq() + 1;
      }
      if (page.head() != null || page.entries().isEmpty()) {
        return ids;
      }
    }
  }

  private Finding finding(Subject record) {
    ImageBundle bundle = bundles.get().get(record.model());
    boolean known = record.templates().stream().allMatch(GalleryAudit::hasNorm);
    Measurability limits = bundle.measurability();
    double least = limits == null ? 0 : limits.minNorm();
    if (record.templates().stream().anyMatch(template -> template.norm() < least)) {
      return finding(record, State.CERTAIN, "norm");
    }
    return photo(record)
        .map(photo -> lookedAtAgain(record, photo, bundle.extractor()))
        .orElseGet(() -> finding(record, known ? State.MEASURABLE : State.UNKNOWN, null));
  }

  private static boolean hasNorm(Template template) {
    return template.norm() != Template.UNKNOWN_NORM;
  }

  private static Finding finding(Subject record, State state, @Nullable String reason) {
    return new Finding(record.id(), state, reason, record.excluded());
  }

  private static Finding lookedAtAgain(Subject record, byte[] photo, FaceExtractor extractor) {
    try {
      ExtractedFace face = extractor.single(photo);
      return face.measurable()
          ? finding(record, State.MEASURABLE, null)
          : finding(record, State.CERTAIN, face.weakness());
    } catch (NoFace none) {
      return finding(record, State.CERTAIN, "no face");
    } catch (MultipleFaces | InvalidRequest other) {
      return finding(record, State.UNKNOWN, null);
    }
  }

  private Optional<byte[]> photo(Subject record) {
    ImageKey image = record.image();
    return image == null ? Optional.empty() : photos.find(image, soon());
  }

  private Instant soon() {
    return clock.instant().plus(CALL_TIMEOUT);
  }
}
