package dev.facet.core.fakes;

import dev.facet.core.images.ImageKey;
import dev.facet.core.images.ImageStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An {@link ImageStore} in memory. */
public final class InMemoryImageStore implements ImageStore {

  private final Map<ImageKey, byte[]> images = new ConcurrentHashMap<>();

  @Override
  public void put(ImageKey key, byte[] image, Instant deadline) {
    images.put(key, image.clone());
  }

  /** Finds an image. */
  public Optional<byte[]> find(ImageKey key) {
    return Optional.ofNullable(images.get(key)).map(byte[]::clone);
  }

  @Override
  public void delete(ImageKey key, Instant deadline) {
    images.remove(key);
  }

  /** All that is kept. */
  public Set<ImageKey> keys() {
    return Set.copyOf(images.keySet());
  }
}
