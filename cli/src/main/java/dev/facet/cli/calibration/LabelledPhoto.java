package dev.facet.cli.calibration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An encoded photo and the name of the person in it.
 *
 * @param person the person's name, unique among all folders
 * @param name the photo's name, unique among all folders
 * @param image the encoded photo; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // photos are never compared
public record LabelledPhoto(String person, String name, byte[] image) {

  /**
   * Reads the photos of several folders, each with one subfolder per person. Hidden files are
   * ignored. People of different folders are different people.
   */
  public static List<LabelledPhoto> read(List<Path> folders) {
    List<LabelledPhoto> photos = new ArrayList<>();
    for (int i = 0; i < folders.size(); i++) {
      Path folder = folders.get(i);
      String prefix = folders.size() == 1 ? "" : (i + 1) + ":";
      for (Path person : visible(folder)) {
        if (Files.isDirectory(person)) {
          for (Path file : visible(person)) {
            photos.add(
                new LabelledPhoto(
                    prefix + person.getFileName(), prefix + folder.relativize(file), bytes(file)));
          }
        }
      }
    }
    return photos;
  }

  /** Returns the first photos of each person. */
  public static List<LabelledPhoto> first(int count, List<LabelledPhoto> photos) {
    Map<String, Integer> taken = new HashMap<>();
    return photos.stream()
        .filter(photo -> taken.merge(photo.person(), 1, Integer::sum) <= count)
        .toList();
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
