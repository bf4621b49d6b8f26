package dev.facet.core.faces;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.core.fakes.InMemoryGalleryStore;
import dev.facet.core.fakes.InMemoryImageStore;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.images.ErasureStore;
import dev.facet.core.images.ImageStore;
import java.util.Map;
import java.util.stream.Collectors;

/** The service on stores in memory. */
final class LocalFaceServiceTest extends FaceServiceContract {

  private final InMemoryGalleryStore store = new InMemoryGalleryStore(clock);
  private final InMemoryImageStore images = new InMemoryImageStore();

  @Override
  protected GalleryStore store() {
    return store;
  }

  @Override
  protected ErasureStore erasures() {
    return store;
  }

  @Override
  protected ImageStore images() {
    return images;
  }

  @Override
  protected Map<String, String> storedImages() {
    return images.keys().stream()
        .collect(
            Collectors.toMap(
                key -> key.application() + "/" + key.subject().value() + "/" + key.version(),
                key -> new String(images.find(key).orElseThrow(), UTF_8)));
  }
}
