package dev.facet.local.service;

import dev.facet.core.faults.TransientFault;
import dev.facet.core.images.ImageKeeper;
import java.time.Duration;

/** Erases, at the start and every hour, the images that no subject refers to. */
final class HourlySweep implements AutoCloseable {

  private final ImageKeeper images;
  private final Thread thread;

  HourlySweep(ImageKeeper images) {
    this.images = images;
    this.thread = Thread.ofVirtual().name("image-sweep").start(this::run);
  }

  private void run() {
    try {
      while (true) {
        sweep();
        Thread.sleep(Duration.ofHours(1));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void sweep() {
    try {
      images.sweep();
    } catch (TransientFault later) {
      // the notes stay, and the next sweep comes back to them
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
