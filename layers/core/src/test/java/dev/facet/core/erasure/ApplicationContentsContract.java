package dev.facet.core.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.erasure.ApplicationContents.Content;
import dev.facet.core.erasure.ApplicationContents.Kind;
import dev.facet.core.fakes.SettableClock;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.images.ErasureStore;
import dev.facet.core.images.ImageStore;
import dev.facet.core.jobs.JobStore;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What {@link ApplicationContents} lists and erases, wherever the stores are. */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class ApplicationContentsContract {

  /** Time as the stores see it. */
  protected final SettableClock clock = new SettableClock();

  /** The application to erase. */
  protected final Application application = application();

  private final Application other = application();
  private final UUID key = UUID.randomUUID();
  private final UUID otherKey = UUID.randomUUID();

  /** The contents under test. */
  protected abstract ApplicationContents contents();

  /** The galleries that they show. */
  protected abstract GalleryStore galleries();

  /** The notes of photos to erase that they show. */
  protected abstract ErasureStore erasures();

  /** The photos that they show. */
  protected abstract ImageStore images();

  /** The jobs that they show. */
  protected abstract JobStore jobs();

  /** Counts a request under a key. */
  protected abstract void use(UUID key);

  /** Returns all names in the stores that hold the application's id. */
  protected abstract List<String> traces(ApplicationId id);

  @Test
  void contents_of_every_kind_are_listed_and_erased() {
    fill(application, key);
    fill(other, otherKey);
    List<Content> others = listed(other, otherKey);
    List<Content> own = listed(application, key);
    assertThat(own).extracting(Content::kind).contains(Kind.values());
    assertThat(own)
        .hasSameSizeAs(others)
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(others);
    assertThat(traces(application.id())).isNotEmpty();

    contents().erase(own);

    assertThat(listed(application, key)).isEmpty();
    assertThat(traces(application.id())).isEmpty();
    assertThat(listed(other, otherKey)).containsExactlyInAnyOrderElementsOf(others);
    contents().erase(own);
    assertThat(listed(other, otherKey)).containsExactlyInAnyOrderElementsOf(others);
  }

  @Test
  void an_application_without_contents_has_an_empty_list() {
    assertThat(listed(application(), UUID.randomUUID())).isEmpty();
  }

  @Test
  void contents_may_be_erased_while_they_are_listed() {
    fill(application, key);

    try (Stream<Content> contents = contents().list(application.id(), Set.of(key))) {
      contents.forEach(content -> contents().erase(List.of(content)));
    }

    assertThat(listed(application, key)).isEmpty();
  }

  private void fill(Application owner, UUID keyRecord) {
    new FilledStores(galleries(), erasures(), images(), jobs(), clock).fill(owner);
    use(keyRecord);
  }

  private List<Content> listed(Application owner, UUID keyRecord) {
    try (Stream<Content> contents = contents().list(owner.id(), Set.of(keyRecord))) {
      return contents.toList();
    }
  }

  private static Application application() {
    return Application.withDefaults(new ApplicationId(UUID.randomUUID())).keepingImages(true);
  }
}
