package dev.facet.core.erasure;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.fakes.InMemoryContents;
import dev.facet.core.fakes.InMemoryGalleryStore;
import dev.facet.core.fakes.InMemoryImageStore;
import dev.facet.core.fakes.InMemoryJobs;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.images.ErasureStore;
import dev.facet.core.images.ImageKey;
import dev.facet.core.images.ImageStore;
import dev.facet.core.jobs.JobStore;
import java.util.List;
import java.util.UUID;

final class InMemoryContentsTest extends ApplicationContentsContract {

  private final InMemoryGalleryStore galleries = new InMemoryGalleryStore(clock);
  private final InMemoryImageStore images = new InMemoryImageStore();
  private final InMemoryJobs jobs = new InMemoryJobs();
  private final InMemoryContents contents = new InMemoryContents(galleries, images, jobs);

  @Override
  protected ApplicationContents contents() {
    return contents;
  }

  @Override
  protected GalleryStore galleries() {
    return galleries;
  }

  @Override
  protected ErasureStore erasures() {
    return galleries;
  }

  @Override
  protected ImageStore images() {
    return images;
  }

  @Override
  protected JobStore jobs() {
    return jobs;
  }

  @Override
  protected void use(UUID key) {
    contents.use(key);
  }

  @Override
  protected List<String> traces(ApplicationId id) {
    return images.keys().stream()
        .filter(image -> image.application().equals(id))
        .map(ImageKey::toString)
        .toList();
  }
}
