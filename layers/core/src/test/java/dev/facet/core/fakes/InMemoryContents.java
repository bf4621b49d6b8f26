package dev.facet.core.fakes;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.erasure.ApplicationContents;
import dev.facet.core.images.ImageKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** {@link ApplicationContents} of stores in memory. */
public final class InMemoryContents implements ApplicationContents {

  private final InMemoryGalleryStore galleries;
  private final InMemoryImageStore images;
  private final InMemoryJobs jobs;

  /** The keys with counted requests. */
  private final Set<UUID> used = ConcurrentHashMap.newKeySet();

  /** Creates access to these stores. */
  public InMemoryContents(
      InMemoryGalleryStore galleries, InMemoryImageStore images, InMemoryJobs jobs) {
    this.galleries = galleries;
    this.images = images;
    this.jobs = jobs;
  }

  /** Counts a request under a key. */
  public void use(UUID key) {
    used.add(key);
  }

  @Override
  public Stream<Content> list(ApplicationId application, Set<UUID> keys) {
    List<Content> contents = new ArrayList<>(galleries.contents(application));
    images.keys().stream()
        .filter(image -> image.application().equals(application))
        .forEach(image -> contents.add(content(Kind.IMAGES, image)));
    jobs.of(application).forEach(job -> contents.add(content(Kind.JOBS, job)));
    used.stream().filter(keys::contains).forEach(key -> contents.add(content(Kind.USAGE, key)));
    return contents.stream();
  }

  private static Content content(Kind kind, Object key) {
    return new Content(kind, List.of(key.toString()));
  }

  @Override
  public void erase(List<Content> contents) {
    contents.forEach(this::erase);
  }

  private void erase(Content content) {
    String place = content.place().getFirst();
    switch (content.kind()) {
      case IMAGES -> {
        for (ImageKey image : images.keys()) {
          if (image.toString().equals(place)) {
            images.delete(image, Instant.MAX);
          }
        }
      }
      case JOBS -> jobs.remove(place);
      case USAGE -> used.remove(UUID.fromString(place));
      case SUBJECTS, LOGS, IDENTIFIERS, OPERATIONS, NOTES -> galleries.erase(content);
    }
  }

  @Override
  public OptionalInt recoveryDays() {
    return OptionalInt.of(7);
  }
}
