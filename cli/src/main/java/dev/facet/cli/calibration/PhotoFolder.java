package dev.facet.cli.calibration;

import dev.facet.cli.calibration.PhotoSet.Skipped;
import dev.facet.cli.calibration.PhotoSubject.Photo;
import dev.facet.core.faces.FaceExtractor;
import dev.facet.core.faults.CallerFault;
import dev.facet.core.gallery.Weighing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A folder of photos with one subfolder per person. Reports list every unusable file with its
 * reason; only hidden files are ignored.
 *
 * @param root the folder that contains the subfolders
 */
record PhotoFolder(Path root) {

  /** Every photo is compared with every other: above it, the similarities alone take 400 MB. */
  private static final int MAX_PHOTOS = 10_000;

  private static final int PROGRESS_EVERY = 100;

  /** The result of one photo. */
  private sealed interface Extraction {
    record Usable(Photo photo) implements Extraction {}

    record Unusable(Skipped skipped) implements Extraction {}
  }

  /** Extracts a template from every photo that has one prominent face. */
  PhotoSet extract(
      String origin, FaceExtractor extractor, Weighing weighing, Consumer<String> progress) {
    List<Path> entries = visible(root);
    List<Path> folders = entries.stream().filter(Files::isDirectory).toList();
    int photos = folders.stream().mapToInt(folder -> visible(folder).size()).sum();
    if (photos > MAX_PHOTOS) {
      throw new UnusablePhotos(
          "at most %s photos can be compared; it has %s".formatted(MAX_PHOTOS, photos));
    }
    List<Skipped> skipped = new ArrayList<>();
    entries.stream()
        .filter(entry -> !Files.isDirectory(entry))
        .forEach(
            entry -> skipped.add(new Skipped(name(entry), "It is not in the folder of a person.")));
    AtomicInteger done = new AtomicInteger();
    List<PhotoSubject> people = new ArrayList<>();
    for (Path folder : folders) {
      people.add(
          person(folder, extractor, weighing, skipped, () -> report(done, photos, progress)));
    }
    return new PhotoSet(extractor.bundleId(), origin, people, skipped);
  }

  private PhotoSubject person(
      Path folder,
      FaceExtractor extractor,
      Weighing weighing,
      List<Skipped> skipped,
      Runnable done) {
    List<Extraction> extractions =
        visible(folder).parallelStream()
            .map(file -> extract(file, extractor, weighing))
            .peek(photo -> done.run())
            .toList();
    List<Photo> usable = new ArrayList<>();
    for (Extraction photo : extractions) {
      switch (photo) {
        case Extraction.Usable(Photo one) -> usable.add(one);
        case Extraction.Unusable(Skipped one) -> skipped.add(one);
      }
    }
    return new PhotoSubject(folder.getFileName().toString(), usable);
  }

  private Extraction extract(Path file, FaceExtractor extractor, Weighing weighing) {
    try {
      byte[] image = Files.readAllBytes(file);
      return new Extraction.Usable(
          new Photo(name(file), extractor.single(image).template(), weighing));
    } catch (CallerFault fault) {
      return new Extraction.Unusable(new Skipped(name(file), fault.reason()));
    } catch (IOException e) {
      return new Extraction.Unusable(new Skipped(name(file), "It can't be read."));
    }
  }

  private String name(Path file) {
    return root.relativize(file).toString();
  }

  private static void report(AtomicInteger done, int photos, Consumer<String> progress) {
    int now = done.incrementAndGet();
    if (now % PROGRESS_EVERY == 0 || now == photos) {
      progress.accept("%s of %s photos".formatted(now, photos));
    }
  }

  private static List<Path> visible(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
